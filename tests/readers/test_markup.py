"""HTML to the words that it shows: entities decoded, hidden things left out, lines where blocks are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notesense.readers.markup import Page, page_of, words_in


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", ""),
        ("<!-- nothing -->", ""),
        ("bare words", "bare words"),
        ("<p>R&amp;D &lt;3&nbsp;%</p>", "R&D <3\u00a0%"),
        ("<p>one\n   line</p><p>two</p>", "one line\n\ntwo"),
        ("a<br>b<br><br><br><br>c", "a\nb\n\nc"),
        ("<div>a</div> <div>b</div>", "a\nb"),
        ("<ul><li>a</li>\n<li>b</li></ul>tail", "a\nb\n\ntail"),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", "a\tb\nc\td"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("x<script>if (a < b) {}</script><style>p {}</style><template>t</template>y", "xy"),
        ("no &such; &#x110000;", "no &such; \ufffd"),
        ("a\u2028b", "a\u2028b"),
        ("<div>" * 3000 + "deep", "deep"),
        ("<pre>Odine Falk  0:09\n  It  leaks.</pre> a <b> b</b> <i> </i> c", "Odine Falk  0:09\nIt  leaks.\n\na b c"),
        ("a <blockquote>b<br>c<blockquote>d</blockquote></blockquote>e", "a\n\n> b\n> c\n\n> > d\n\ne"),
        ("a<blockquote style='margin:0 0 0 40px; border: none'><p>b</p></blockquote>", "a\n\nb"),
        ("a<blockquote class=x style='border:0;border-left:1px solid'><pre>b\nc</pre></blockquote>", "a\n\n> b\n> c"),
        ("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>", "a\n\n> b"),
        ("<b>Old</b>: <blockquote><table><tr><td>a<td>b</table></blockquote>", "Old:\n\n> a\tb"),
        ("words<p hidden>a</p><div style='x:y;DISPLAY : none'>b<div>c</div></div><noscript>d</noscript>", "words"),
        ("words<img hidden><br style='visibility:hidden'><select><option>a</select> seen", "words seen"),
        ("<p>menu</p><div style='display:none'>all that was said</div>", "menu\n\nall that was said"),
        ("a < b and <nonsense>c</nonsense>", "a < b and c"),
        ("<![CDATA[x]]>y</td></title>z", "yz"),
    ],
)
def test_html_gives_the_words_that_it_shows(html: str, words: str) -> None:
    assert page_of(html).words == words


def test_a_title_is_told_apart() -> None:
    assert page_of("<title>R&amp;D\n call</title><p>It leaks.</p>") == Page("R&D call", "It leaks.")
    assert page_of("<title>Call</title>a<svg><title>Sign</title></svg>b") == Page("Call", "ab")


@given(st.text())
def test_any_text_gives_words(html: str) -> None:
    page_of(html).words.encode()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("<p>R&amp;D</p><p>3 &lt; 4</p>", "R&D\n\n3 < 4"),
        ("a < b & c > d\nnext", "a < b & c > d\nnext"),
        ("R&amp;D asks\nfor <Name> &#8211; &eacute;", "R&D asks\nfor <Name> \u2013 \u00e9"),
        ("AT&T &co; &amp;lt;", "AT&T &co; &lt;"),
        ("send <address> to <b> or <i>", "send <address> to <b> or <i>"),
        ("one<br>two <KX-12> by <tom@kestrel.example>", "one\ntwo <KX-12> by <tom@kestrel.example>"),
        ("one <b>bold</b>\r\ntwo <The amount>", "one bold\ntwo <The amount>"),
        ("<p>two\nlines</p>", "two lines"),
        ("<p class=MsoNormal>words<o:p></o:p></p>", "words"),
        ("<P STYLE='x'>words", "words"),
        ("", ""),
    ],
)
def test_a_value_is_html_only_where_it_has_elements_and_what_is_none_stays(value: str, words: str) -> None:
    assert words_in(value) == words


@given(st.text())
def test_any_value_gives_words(value: str) -> None:
    words_in(value).encode()
