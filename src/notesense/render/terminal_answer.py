"""Terminal text for the answer of `ask`: sentences with their quotes, or the passages where no model answered."""

from notesense.core.answer import Answered, AnswerSentence
from notesense.core.citing import Citation
from notesense.render import answering
from notesense.render.sheet import Sheet, quoted


def answered(sheet: Sheet, result: Answered) -> None:
    """Write the answer, what was dropped, what is not told, and who wrote it."""
    if result.warning:
        sheet.line(("Note: ", "warn"), result.warning)
        sheet.gap()
    sheet.line((result.account, "strong"), f" · {answering.span(result)}")
    sheet.line((quoted(result.question), "strong"), hang=1)
    sheet.gap()
    for line in answering.preface(result):
        sheet.line(line)
    for sentence in result.sentences:
        _sentence(sheet, sentence)
    if result.outcome == "passages":
        for one in result.sources:
            sheet.gap()
            sheet.row((f"{one.number}.", "strong"), quoted(one.quote), indent=0, column=4)
            sheet.line((answering.cited(one), "quiet"), indent=4)
    sheet.gap()
    for line in answering.foot(result):
        sheet.line((line, "quiet"))


def _sentence(sheet: Sheet, sentence: AnswerSentence) -> None:
    sheet.line(sentence.text, f" {answering.numbers(sentence)}", hang=2)
    for one in sentence.evidence:
        _proof(sheet, one)
    sheet.gap()


def _proof(sheet: Sheet, one: Citation) -> None:
    sheet.line(quoted(one.quote), indent=4, hang=1)
    check = " · please check the quote" if one.review else ""
    sheet.line((answering.cited(one) + check, "quiet"), indent=5)
