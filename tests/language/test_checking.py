"""Questions about translations: what is asked, what is not, seeded faults, and measured bounds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import translation_checks as bench
from benchmarks.alignment import DATA
from workbench.errors import Refused
from workbench.language.checked_pair import Pair, Seen
from workbench.language.checking import LinkedTexts, checked, questions_of
from workbench.language.checking_extent import usual_ratio
from workbench.model.text import Passage
from workbench.model.translation_check import CheckKind

JA_EN, EN_JA = ("ja", "en"), ("en", "ja")


def asked(
    source: str, target: str, languages: tuple[str, str] = JA_EN, *, negation: bool = False
) -> list[Seen]:
    return questions_of(Pair.of(source, target, languages), negation=negation)


def only(found: list[Seen]) -> Seen:
    assert len(found) == 1, [each.question for each in found]
    return found[0]


def lit(words: str, places: tuple[Passage, ...]) -> list[str]:
    return [words[place.start : place.end] for place in places]


ALIKE = [
    ("委員は１２人以内とする。", "There are not more than twelve members."),
    ("令和元年５月１日から施行する。", "It comes into force on May 1, 2019."),
    ("平成28年度の予算は1億2,000万円とする。", "The budget for fiscal 2016 is 120 million yen."),
    ("補助は経費の3割とする。", "The grant is 30 percent of the cost."),
    ("第22条の4第2項第1号の規定を準用する。", "Article 22-4, paragraph (2), item (i) applies."),
    ("両市は、年1回会議を開く。", "The two cities meet once a year."),
    ("受付は午後４時まで。", "Desks are open until 4 p.m. or 16:00."),
    ("川崎市とブラジルの都市が参加した。", "Kawasaki and a city in Brazil took part."),
    ("市は報告しなければならない。", "The City is required to report."),
    ("市は意見を求めることができる。", "The City can ask for opinions."),
    ("市は改善に努めなければならない。", "The City must make every effort to improve."),
    ("これを侵してはならない。", "It shall be inviolable."),
    ("半年ごとに点検する。", "It is checked every six months."),
]


@pytest.mark.parametrize(("source", "target"), ALIKE)
def test_nothing_is_asked_where_both_sides_say_the_same(source: str, target: str) -> None:
    assert asked(source, target) == []
    assert asked(target, source, EN_JA) == []


DIFFERENT = [
    ("対象は35人とする。", "It is open to 53 people.", CheckKind.NUMBERS, "35", "53"),
    (
        "令和3年4月1日に施行する。",
        "In force from April 1, 2020.",
        CheckKind.DATES,
        "令和3年4月1日",
        "April 1, 2020",
    ),
    ("昭和五十七年に始まった。", "It began in 1977.", CheckKind.DATES, "昭和五十七年", "1977"),
    ("費用は3億円である。", "The cost is 3 million yen.", CheckKind.AMOUNTS, "3億円", "3 million yen"),
    (
        "手当は二万円とする。",
        "The allowance is 20,000 dollars.",
        CheckKind.AMOUNTS,
        "二万円",
        "20,000 dollars",
    ),
    ("出席率は９０％である。", "Attendance is 80%.", CheckKind.AMOUNTS, "９０％", "80%"),
    ("第5条第2項による。", "Under Article 5(3).", CheckKind.REFERENCES, "第5条第2項", "Article 5(3)"),
    ("講師は神戸から来る。", "The lecturer comes from Kyoto.", CheckKind.NAMES, "神戸", "Kyoto"),
    (
        "会議は公開しなければならない。",
        "Meetings may be open.",
        CheckKind.MODALITY,
        "なければならない",
        "may",
    ),
    (
        "市は補助することができる。",
        "The City shall pay a grant.",
        CheckKind.MODALITY,
        "することができる",
        "shall",
    ),
    (
        "市は整備に努めるものとする。",
        "The City shall build it.",
        CheckKind.MODALITY,
        "努めるものとする",
        "shall",
    ),
    ("公表してはならない。", "It may be made public.", CheckKind.MODALITY, "てはならない", "may"),
]


@pytest.mark.parametrize(("source", "target", "kind", "here", "there"), DIFFERENT)
def test_what_differs_is_asked_with_both_places(
    source: str, target: str, kind: CheckKind, here: str, there: str
) -> None:
    seen = only(asked(source, target))
    assert (seen.kind, seen.priority) == (kind, 1)
    assert (lit(source, seen.source), lit(target, seen.target)) == ([here], [there])
    assert seen.question.endswith("Is that meant?")
    turned = only(asked(target, source, EN_JA))
    assert turned.kind is kind
    assert (lit(target, turned.source), lit(source, turned.target)) == ([there], [here])


def test_the_question_says_what_stands_where() -> None:
    seen = only(asked("対象は35人とする。", "It is open to 53 people."))
    assert seen.question == "“35” in the source, “53” in the translation. Is that meant?"
    alone = only(asked("受付は4月1日から30日間とする。", "Applications begin on April 1."))
    assert alone.question == "“30” in the source, no such number in the translation. Is that meant?"
    assert alone.target == ()
    modal = only(asked("会議は公開しなければならない。", "Meetings may be open."))
    assert modal.question == (
        "“なければならない” (an obligation) in the source, “may” in the translation. Is that meant?"
    )


def test_katakana_names_are_compared_by_their_sound() -> None:
    source = "今年はフェルナンデスが議長を務める。"
    assert asked(source, "This year Fernandes chairs the meeting.") == []
    seen = only(asked(source, "This year Kowalski chairs the meeting."))
    assert seen.kind is CheckKind.NAMES
    assert lit(source, seen.source) == ["フェルナンデス"]


def test_latin_words_of_a_japanese_source_are_looked_for() -> None:
    assert asked("NPOに委託する。", "It is entrusted to non-profit organisations.") == []
    assert only(asked("UNHCRに委託する。", "It is entrusted to others.")).kind is CheckKind.NAMES


def test_two_texts_of_one_language_are_compared_too() -> None:
    assert only(asked("対象は35人とする。", "対象は五十三人とする。", ("ja", "ja"))).kind is CheckKind.NUMBERS
    found = asked(
        "Until 5 May the City must pay 300 euros.", "By 5 May the City may pay 300 euros.", ("en", "en")
    )
    assert only(found).kind is CheckKind.MODALITY
    assert only(asked("Even 12 persons.", "Auch 21 personen.", ("en", "de"))).kind is CheckKind.NUMBERS


def test_negation_is_a_hint_only_where_it_is_wanted() -> None:
    source, target = "それは認められない。", "That is granted."
    assert CheckKind.NEGATION not in {each.kind for each in asked(source, target)}
    hint = only([each for each in asked(source, target, negation=True) if each.kind is CheckKind.NEGATION])
    assert hint.priority == 4
    assert lit(source, hint.source) == ["ない"]


def test_offsets_are_code_points_of_the_stored_words() -> None:
    source = "㍻二十八年に、𠮷野は３５人だった。"
    seen = [
        each for each in asked(source, "In 2016 there were 53 of them.") if each.kind is CheckKind.NUMBERS
    ]
    assert lit(source, seen[0].source) == ["３５"]


def texts(
    source: str, target: str, *links: tuple[str, str], alone: tuple[list[str], list[str]]
) -> LinkedTexts:
    def place(content: str, words: str) -> Passage:
        return Passage(content.index(words), content.index(words) + len(words))

    return LinkedTexts(
        source,
        target,
        JA_EN,
        tuple((place(source, ours), place(target, theirs)) for ours, theirs in links),
        (tuple(place(source, each) for each in alone[0]), tuple(place(target, each) for each in alone[1])),
    )


def test_what_is_linked_to_nothing_is_asked_about() -> None:
    source = "会議は年2回開く。\n議事録は公開しなければならない。"
    target = "The council meets twice a year.\nMembers receive a fee."
    given = texts(
        source,
        target,
        ("会議は年2回開く。", "The council meets twice a year."),
        alone=(["議事録は公開しなければならない。"], ["Members receive a fee."]),
    )
    kinds = [each.seen.kind for each in checked(given)]
    assert kinds == [CheckKind.ADDED, CheckKind.MISSING]


def test_the_number_of_a_heading_belongs_to_what_stands_beside_it() -> None:
    given = texts(
        "## 2 情報を届ける\n市は知らせる。",
        "## 2. Bringing information\nThe city tells.",
        ("## 2 情報を届ける", "Bringing information"),
        ("市は知らせる。", "The city tells."),
        alone=([], ["## 2."]),
    )
    assert checked(given) == []


def test_a_passage_that_was_left_as_it_was_is_missing() -> None:
    seen = only(asked("市は人権を尊重する。", "市は人権を尊重する。"))
    assert (seen.kind, seen.priority) == (CheckKind.MISSING, 1)


def test_what_is_ended_says_so_and_what_was_asked_is_kept() -> None:
    given = texts("一。", "One.", ("一。", "One."), alone=([], []))
    with pytest.raises(Refused):
        checked(given, progress=lambda done, of: False)
    found = checked(given)
    assert checked(given, progress=lambda done, of: False) is found


WORDS = st.text(
    alphabet="市第5条2項は万円％ 3年平成令和年なければならないできる shallmay,.$()-10億ァアー\u3099ⅫⅢ½㍻",
    max_size=40,
)


@given(WORDS, WORDS, st.sampled_from([JA_EN, EN_JA, ("ja", "ja"), ("", "en"), ("vi", "pt")]))
@settings(max_examples=150, deadline=None)
def test_any_words_can_be_checked(source: str, target: str, languages: tuple[str, str]) -> None:
    for seen in asked(source, target, languages, negation=True):
        for words, places in ((source, seen.source), (target, seen.target)):
            assert all(0 <= place.start < place.end <= len(words) for place in places)
        assert seen.source or seen.target


# the teaching corpus

SEEDED = [
    ("hamamatsu-council", CheckKind.NUMBERS, "of members is two years", "of members is three years"),
    ("hamamatsu-council", CheckKind.NUMBERS, "not more than twelve members", "not more than twenty members"),
    ("hamamatsu-school-grants", CheckKind.NUMBERS, "within 30 days", "within 13 days"),
    ("kawasaki-referendum", CheckKind.NUMBERS, "eighteen years of age", "twenty years of age"),
    ("kawasaki-council-minutes", CheckKind.NUMBERS, "14:00 to 16:40", "14:00 to 17:40"),
    ("cities-declaration", CheckKind.NUMBERS, "the two cities must respect", "the three cities must respect"),
    ("hamamatsu-school-grants", CheckKind.NUMBERS, "Notification No. 931", "Notification No. 913"),
    ("hamamatsu-elderly", CheckKind.DATES, "In April and October", "In April and November"),
    ("hamamatsu-school-grants", CheckKind.DATES, "by 31 May", "by 31 March"),
    (
        "osaka-welfare",
        CheckKind.DATES,
        "twenty before 1 January, Showa 57 (1982)",
        "twenty before 1 January, Showa 52 (1977)",
    ),
    ("osaka-welfare", CheckKind.DATES, "1 April, Taisho 15 (1926)", "1 April, Showa 15 (1940)"),
    ("kawasaki-employers", CheckKind.DATES, "31 March, Heisei 31 (2019)", "31 March, Heisei 30 (2018)"),
    ("osaka-school-entry", CheckKind.DATES, "Wednesday, 31 January", "Wednesday, 21 January"),
    ("kawasaki-policy", CheckKind.AMOUNTS, "20,000 yen a month", "200,000 yen a month"),
    ("hamamatsu-elderly", CheckKind.AMOUNTS, "10,000 yen a month", "1,000 yen a month"),
    ("osaka-welfare", CheckKind.AMOUNTS, "36,000 yen", "63,000 yen"),
    ("osaka-rights-plan", CheckKind.AMOUNTS, "90% settled", "80% settled"),
    ("kawasaki-referendum", CheckKind.AMOUNTS, "one eighth", "one sixth"),
    ("hamamatsu-school-grants", CheckKind.REFERENCES, "Article 6. Those", "Article 9. Those"),
    ("osaka-hate-speech", CheckKind.REFERENCES, "Article 6, however", "Article 7, however"),
    ("kawasaki-employers", CheckKind.REFERENCES, "Article 8. This", "Article 18. This"),
    ("hamamatsu-enrollment", CheckKind.NAMES, "Japanese and Portuguese only", "Japanese and Spanish only"),
    ("kawasaki-policy", CheckKind.NAMES, "Hamamatsu City subsidises", "Kobe City subsidises"),
    ("hamamatsu-school-support", CheckKind.NAMES, "Spanish and Vietnamese as", "Spanish and Korean as"),
    ("hamamatsu-council", CheckKind.MODALITY, "speak must be provided", "speak may be provided"),
    ("kawasaki-policy", CheckKind.MODALITY, "learn must be respected", "learn should be respected"),
    ("osaka-hate-speech", CheckKind.MODALITY, "may apply to the Mayor", "shall apply to the Mayor"),
    ("osaka-welfare", CheckKind.MODALITY, "shall endeavour to send", "shall send"),
    ("kawasaki-hiring", CheckKind.MODALITY, "may not hold", "may hold"),
    ("kawasaki-referendum", CheckKind.MODALITY, "may not be put", "may be put"),
    ("hamamatsu-vision", CheckKind.MODALITY, "the City shall endeavour", "the City may endeavour"),
    (
        "osaka-hate-speech",
        CheckKind.MISSING,
        "This does not apply when publication might itself lead to further spread.",
        "",
    ),
    ("hamamatsu-enrollment", CheckKind.MISSING, "We shall tell you the place later.", ""),
    (
        "kawasaki-employers",
        CheckKind.MISSING,
        "If no notice is given by one month before it expires, however, it is renewed for one year.",
        "",
    ),
    (
        "kawasaki-referendum",
        CheckKind.ADDED,
        "must respect the result of the local referendum.",
        "must respect the result of the local referendum. They explain it to all residents, "
        "and do so within the year.",
    ),
    (
        "osaka-hate-speech",
        CheckKind.ADDED,
        "Before publication the Mayor must hear the opinion of the Review Board.",
        "Before publication the Mayor must hear the opinion of the Review Board. The members meet in the "
        "town hall and are paid for their work.",
    ),
]
"""Document, kind, words of the English text and what a careless translator might have written."""


def pairs_of(document: str) -> list[tuple[str, str]]:
    folder = bench.CORPUS
    [japanese], [english] = (list(folder.glob(f"{document}.{language}.*")) for language in JA_EN)
    lines = (path.read_text(encoding="utf-8").splitlines() for path in (japanese, english))
    return [(ours, theirs) for ours, theirs in zip(*lines, strict=True) if ours.strip()]


@pytest.mark.parametrize(("document", "kind", "old", "new"), SEEDED)
def test_a_fault_seeded_into_the_teaching_corpus_is_reported(
    document: str, kind: CheckKind, old: str, new: str
) -> None:
    pairs = pairs_of(document)
    usual = usual_ratio([Pair.of(*words, JA_EN) for words in pairs])
    [(source, target)] = [words for words in pairs if old in words[1]]
    before = questions_of(Pair.of(source, target, JA_EN), usual=usual)
    after = questions_of(Pair.of(source, target.replace(old, new), JA_EN), usual=usual)
    assert kind not in {seen.kind for seen in before}
    assert kind in {seen.kind for seen in after}, [seen.question for seen in after]


def test_thirty_faults_of_all_kinds_are_seeded() -> None:
    assert len(SEEDED) >= 30
    assert {kind for _, kind, *_ in SEEDED} == set(CheckKind) - {CheckKind.NEGATION}


def test_little_is_asked_of_the_corpus_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    documents = bench.teaching()
    found = list(bench.asked(documents))
    heads = [each for each in found if "[Teaching document]" in each[0][1]]
    pairs = sum(map(len, documents))
    with capsys.disabled():
        print(
            f"\nteaching corpus: {len(found)} questions on {pairs} pairs, {len(heads)} on heads of documents"
        )
    # The English heads name the language, which the Japanese ones do not.
    assert len(heads) == len(documents) == 33
    assert len(found) - len(heads) <= 3


# other people's texts

MOST_PER_HUNDRED = {
    "constitution": 3.5,
    "universal declaration": 3.5,
    "preamble": 0.0,
    "strings of a website": 8.0,
    "news": 3.0,
    "encyclopaedia": 8.0,
}


@pytest.mark.parametrize(("title", "most"), MOST_PER_HUNDRED.items())
def test_other_peoples_texts_raise_few_questions(shared_data: Path, title: str, most: float) -> None:
    assert shared_data == DATA
    documents = bench.collections()[title]
    assert 100 * len(list(bench.asked(documents))) / sum(map(len, documents)) <= most


LEAST_SEEN = {"a digit is another": 0.95, "a month is another": 0.85, "a place or people is another": 0.95}


@pytest.mark.parametrize(("what", "least"), LEAST_SEEN.items())
def test_faults_in_news_are_seen(shared_data: Path, what: str, least: float) -> None:
    assert shared_data == DATA
    seen = [each for *_, each in bench.seen_faults(bench.collections()["news"], what)]
    assert sum(seen) >= least * len(seen) > 0
