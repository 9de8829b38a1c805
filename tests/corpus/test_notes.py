"""The editors' notes on the article that comes with the product."""

import re

from corpus import Article

AMOUNT = re.compile(r"\d\s?(?:mg|mcg|g|ml|IU|milligrams?|micrograms?)\b")
DANGLING = re.compile(
    r"(?:It|He|This(?! review)|And|But|Second|Third|That said|The patient|Adjunctive|Toxicity)\b"
)
PRAISE = re.compile(
    r"surviv|resolution|stabiliz|suppress tumor|anti-?proliferative|anti-cancer|promising|"
    r"outcomes in patients|remarkable outcomes|malignant cells|target cancer"
)


def texts(article: Article) -> dict[int, str]:
    """The body sentences by number."""
    return {s.number: article.read(s.span) for s in article.sentences if s.kind == "body"}


def test_every_sentence_with_an_amount_is_noted_as_a_dose(article: Article) -> None:
    found = {number for number, text in texts(article).items() if AMOUNT.search(text)}
    assert article.notes.doses == found


def test_every_sentence_that_opens_with_a_pointer_leans_on_another(article: Article) -> None:
    found = {number for number, text in texts(article).items() if DANGLING.match(text)}
    assert found
    assert found <= set(article.notes.leans_on)


def test_every_sentence_with_words_of_benefit_is_noted(article: Article) -> None:
    found = {number for number, text in texts(article).items() if PRAISE.search(text)}
    assert found
    assert found <= article.notes.benefit


def test_a_sentence_and_those_with_it_are_one_piece_of_one_paragraph(article: Article) -> None:
    for number, others in article.notes.leans_on.items():
        members = sorted({number, *others})
        assert members == [*range(members[0], members[-1] + 1)]
        assert 2 <= len(members) <= 3
        assert len({article.sentence(member).paragraph for member in members}) == 1


def test_the_default_limit_is_no_statement_of_benefit(article: Article) -> None:
    first = article.notes.limits[0]
    assert "case reports and small series" in article.read(article.sentence(first).span)
    assert first not in article.notes.benefit
    assert first not in article.notes.leans_on


def test_references_are_confined_to_words_of_the_sentence(article: Article) -> None:
    assert {
        article.notes.rests_on[number]: words
        for number, words in article.notes.rests_on_only.items()
    } == {(4,): "renal cell carcinoma"}


def test_no_reference_is_left_without_a_passage(article: Article) -> None:
    cited = {number for numbers in article.notes.rests_on.values() for number in numbers}
    assert cited == {reference.number for reference in article.references}


def test_the_warning_on_opioids_comes_first_of_its_topic(article: Article) -> None:
    opioids = [note.sentence for note in article.notes.safety if note.topic == "opioids"]
    assert "contraindicated" in article.read(article.sentence(opioids[0]).span)
