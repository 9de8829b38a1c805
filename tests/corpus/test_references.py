"""The references: what is stored is what is printed, and links are only what was confirmed."""

from collections.abc import Mapping
from typing import Any

from corpus import Article

LINKS = {
    1: "https://doi.org/10.1177/1534735405285901",
    2: "https://doi.org/10.1177/1534735407306358",
    3: "https://doi.org/10.1177/1534735409352082",
    4: "https://pubmed.ncbi.nlm.nih.gov/?term=long-term+survival+stage+IV+renal+cell+carcinoma"
    "+lipoic+acid+low-dose+naltrexone",
    5: "https://ar.iiarjournals.org/content/34/2/973",
    6: "https://doi.org/10.3390/antiox13080897",
    7: "https://doi.org/10.3390/antiox13101228",
}
"""The addresses that were checked against the works themselves; 4 is a search."""


def printed_form(csl: Mapping[str, Any]) -> str:
    """An item in the style of the article's list."""
    names = [f"{name['family']} {name['given'].replace('. ', '')}" for name in csl["author"]]
    authors = ", ".join(name.removesuffix(".") for name in names)
    others = ", et al" if "et al." in csl.get("note", "") else ""
    year = csl["issued"]["date-parts"][0][0]
    return (
        f"{authors}{others}. {csl['title']}. {csl['container-title']}. "
        f"{year};{csl['volume']}({csl['issue']}):{csl['page']}."
    )


def test_each_item_says_exactly_what_its_entry_prints(article: Article) -> None:
    assert [printed_form(reference.csl) for reference in article.references] == [
        article.read(sentence.span)
        for sentence in article.sentences
        if sentence.kind == "reference"
    ]


def test_links_are_those_that_were_confirmed(article: Article) -> None:
    assert {reference.number: reference.url for reference in article.references} == LINKS


def test_an_address_is_stored_as_what_it_is(article: Article) -> None:
    for reference in article.references:
        assert ("DOI" in reference.csl) == (reference.link == "doi")
        assert ("URL" in reference.csl) == (reference.link == "publisher")
        assert ("search" in reference.csl["custom"]) == (reference.link == "search")


def test_the_reference_that_nobody_could_confirm_says_so(article: Article) -> None:
    fourth = article.references[3]
    assert (fourth.link, fourth.confirmed) == ("search", "")
    assert fourth.not_confirmed.startswith("everything")
