"""Good rules mean the same in SQL and in Python; of a wrong one nothing ever runs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.conditions import Bound, Compiled, Condition, Sign, matches
from rules.events import ContactState
from rules.facts import FACTS, FactType, Value, values
from rules.predicates import PredicateFault, compile_predicate
from tests.rule_kit import COLUMNS, TODAY, compiled, desk_with, rules, tables

FULL = "is not read here: write the half-width sign"
NO_SIGN = "cannot stand in a rule; the signs of a rule are"
NO_WORD = "cannot stand in a rule; its words are"


def run(bound: Bound, kept: Sequence[ContactState]) -> dict[int, int | None]:
    """What a condition says of each contact: 1, 0 or None."""
    statement = f"SELECT s.contact, {bound.sql} FROM contact_state s"  # noqa: S608
    return dict(desk_with(kept).execute(statement, {**bound.params, "today": TODAY}).fetchall())


HOSTILE: dict[str, tuple[str, int, str]] = {
    "nothing": ("", 0, "the rule is empty"),
    "blanks": (" \n ", 0, "the rule is empty"),
    "a number alone": ("7", 0, "this is compared with nothing"),
    "a text alone": ("'x'", 0, "this is compared with nothing"),
    "a fact alone": (
        "snoozed",
        0,
        '"snoozed" alone is no condition: compare it, as in snoozed = 1',
    ),
    "a fact alone after and": ("touch_count = 1 and finished", 20, '"finished" alone'),
    "two numbers": ("1 = 1", 0, "no side of this comparison is a fact"),
    "a fact in quotes": ("'stage' = 'lead'", 0, "no side of this comparison is a fact"),
    "unknown fact": ("days_since_tuch > 1", 0, 'did you mean "days_since_touch"?'),
    "unknown fact behind": ("stage = 'lead' and tuch_count > 1", 19, 'did you mean "touch_count"?'),
    "unknown fact, nothing near": ("qqqq = 1", 0, 'there is no fact "qqqq"'),
    "fact in Chinese": ("阶段 = 'lead'", 0, 'did you mean "stage"?'),
    "and in Chinese": ("snoozed = 1 且 finished = 1", 12, 'did you mean "and"?'),
    "full-width letters": ("ｓｔａｇｅ = 'lead'", 0, 'did you mean "stage"?'),
    "column of the table": ("touches > 1", 0, 'did you mean "touch_count"?'),
    "table and column": ("s.stage = 'lead'", 0, 'there is no fact "s"'),
    "priority": ("priority > 1", 0, '"priority" is what rules decide'),
    "function": ("count(*) > 1", 0, '"count" is a function'),
    "function with a blank": ("upper (stage) = 'X'", 0, '"upper" is a function'),
    "fact called": ("stage('x')", 5, 'something is missing before "("'),
    "load_extension": ("load_extension('x') = 1", 0, '"load_extension" is a function'),
    "pg_sleep": ("touch_count = 1 or pg_sleep(9) is null", 19, '"pg_sleep" is a function'),
    "exists": ("exists(select 1)", 0, '"exists" is a function'),
    "case": ("case when 1 = 1 then 1 end = 1", 0, f'"case" {NO_WORD}'),
    "cast by colons": ("touch_count::int = 1", 11, f'":" {NO_SIGN}'),
    "cast": ("cast(stage as int) = 1", 0, '"cast" is a function'),
    "subquery": ("touch_count = (select 1)", 15, f'"select" {NO_WORD}'),
    "subquery in a list": ("stage in (select name from contact)", 10, f'"select" {NO_WORD}'),
    "union": ("snoozed = 1 union select 1", 12, f'"union" {NO_WORD}'),
    "order": ("snoozed = 1 order by 1", 12, f'"order" {NO_WORD}'),
    "limit": ("snoozed = 1 LIMIT 1", 12, f'"LIMIT" {NO_WORD}'),
    "like": ("stage like 'l%'", 6, f'"like" {NO_WORD}'),
    "regexp": ("stage regexp '(a+)+$'", 6, f'"regexp" {NO_WORD}'),
    "true": ("snoozed = true", 10, f'"true" {NO_WORD}'),
    "comment of a line": ("snoozed = 1 -- x", 12, "a rule holds no comment"),
    "comment between signs": ("snoozed = 1 /* x */ or 1 = 1", 12, "a rule holds no comment"),
    "hint": ("snoozed = /*+ x */ 1", 10, "a rule holds no comment"),
    "comment with a cross": ("snoozed = 1 # x", 12, "a rule holds no comment"),
    "second statement": ("snoozed = 1; drop table event", 11, "a rule is one condition"),
    "semicolon alone": (";", 0, "a rule is one condition"),
    "Chinese semicolon": ("snoozed = 1；", 11, "a rule is one condition"),
    "parameter": ("stage = :x", 8, f'":" {NO_SIGN}'),
    "parameter of psycopg": ("stage = %(x)s", 8, f'"%" {NO_SIGN}'),
    "question mark": ("stage = ?", 8, f'"?" {NO_SIGN}'),
    "dollar": ("stage = $1", 8, f'"$" {NO_SIGN}'),
    "at sign": ("stage = @x", 8, f'"@" {NO_SIGN}'),
    "double quotes": ('stage = "lead"', 8, "a text stands in single quotes: 'lead'"),
    "backticks": ("`stage` = 'lead'", 0, "a text stands in single quotes"),
    "square brackets": ("[stage] = 'lead'", 0, "a text stands in single quotes"),
    "quote left open": ("stage = 'lead", 8, "the quote that opens here is never closed"),
    "backslash before a quote": (r"stage = 'a\' or 1=1 --'", 20, "a rule holds no comment"),
    "national text": ("stage = N'x'", 8, 'there is no fact "N"'),
    "byte text": ("stage = x'00'", 8, 'there is no fact "x"'),
    "NUL": ("stage = '\0'", 9, "an invisible control character (U+0000)"),
    "escape sequence": ("stage = '\x1b[2J'", 9, "an invisible control character (U+001B)"),
    "half of a surrogate pair": ("stage = '\ud83d'", 9, "an invisible control character (U+D83D)"),
    "zero width blank": ("stage\u200b = 'lead'", 5, f'"U+200B" {NO_SIGN}'),
    "a newline of Unicode": ("stage = 'a\u2028'", 10, "an invisible control character (U+2028)"),
    "full-width equals": ("stage ＝ 'lead'", 6, f'"＝" {FULL} ='),
    "full-width greater": ("touch_count ＞ 1", 12, f'"＞" {FULL} >'),
    "at least as one sign": ("touch_count ≥ 1", 12, f'"≥" {FULL} >='),
    "full-width brackets": ("stage in （'lead'）", 9, f'"（" {FULL} ('),
    "Chinese comma": ("stage in ('lead'，'mql')", 16, f'"，" {FULL} ,'),
    "enumeration comma": ("stage in ('lead'、'mql')", 16, f'"、" {FULL} ,'),
    "curly double quotes": ("stage = “lead”", 8, f'"“" {FULL} \''),
    "curly single quotes": ("stage = ‘lead’", 8, f'"‘" {FULL} \''),
    "full-width digit": ("touch_count > ３", 14, f'"３" {FULL} 3'),
    "full-width minus": ("due_day < today － 3", 16, f'"－" {FULL} -'),
    "fraction": ("touch_count > 1.5", 14, '"1.5" is no whole number'),
    "exponent": ("touch_count > 1e9", 14, '"1e9" is no whole number'),
    "hexadecimal": ("touch_count > 0x1F", 14, '"0x1F" is no whole number'),
    "number of ten digits": ("touch_count > 1234567890", 14, "of at most 9 digits"),
    "division by zero": ("1/0 = touch_count", 1, "a rule does not divide"),
    "a text times a billion": ("stage = 'a'*999999999", 8, "a text * a number cannot be computed"),
    "product that overflows": ("touch_count*touch_count*touch_count > 1", 0, "too large a number"),
    "sum of texts": ("stage + owner = 'x'", 0, "a text + a text cannot be computed"),
    "sum of days": ("due_day + last_touch_day > today", 0, "a day + a day cannot be computed"),
    "double equals": ("stage == 'lead'", 6, '"==" cannot stand in a rule: write ='),
    "ampersands": ("snoozed = 1 && finished = 1", 12, '"&" cannot stand in a rule: write and'),
    "pipes": ("stage || owner = 'x'", 6, '"|" cannot stand in a rule: write or'),
    "exclamation": ("! snoozed = 1", 0, '"!" cannot stand in a rule: write not'),
    "equal or both null": ("touch_count <=> 1", 14, 'before ">" a fact'),
    "arrow": ("stage -> 'x' = 1", 7, 'before ">" a fact'),
    "equals null": ("last_reaction = null", 16, "nothing equals null: write is null"),
    "is a value": ("stage is 'lead'", 9, 'after "is" stands null or not null'),
    "is null of a number": ("3 is null", 0, "only a fact can be null"),
    "comparison of a comparison": ("1 < touch_count < 3", 0, "a comparison cannot be compared"),
    "number in quotes": ("touch_count = '3'", 14, "a number is compared with a whole number"),
    "text without quotes": ("step = 3", 7, "in single quotes, as in '3'"),
    "text and number facts": ("stage = touch_count", 0, "a text cannot be compared with a number"),
    "order of texts": ("stage > 'lead'", 0, "texts have no order"),
    "between of texts": ("stage between 'a' and 'b'", 0, "texts have no order"),
    "day and a number": ("due_day > 3", 10, "a day is compared with a date"),
    "no date": ("due_day > '2026-02-30'", 10, '"2026-02-30" is no date'),
    "date without dashes": ("due_day > '20260201'", 10, '"20260201" is no date'),
    "reaction that nobody has": ("last_reaction = 'postive'", 16, 'did you mean "positive"?'),
    "status that nobody has": ("status in ('active', 'gone')", 21, "is never"),
    "reaction on the left": ("'x' <> last_reaction", 0, '"last_reaction" is never "x"'),
    "empty list": ("stage in ()", 10, "nothing stands between these brackets"),
    "list with a gap": ("stage in ('lead',)", 17, 'before ")" a fact'),
    "list of facts": ("touch_count in (1, friendly_count)", 19, "a list after in holds numbers"),
    "list that is none": ("touch_count in snoozed", 15, 'after "in" stands a list'),
    "mixed list": ("touch_count in (1, 'x')", 19, "a number is compared with a whole number"),
    "comma between conditions": ("snoozed = 1, finished = 1", 11, "a comma stands only in a list"),
    "two facts on one side": ("(touch_count, snoozed) = 1", 1, "this cannot stand here"),
    "end too early": ("touch_count >=", 12, 'after ">=" the rule ends'),
    "and at the end": ("snoozed = 1 and", 12, 'after "and" the rule ends'),
    "and at the beginning": ("and snoozed = 1", 0, 'before "and" a fact'),
    "and or": ("snoozed = 1 and or finished = 1", 16, 'before "or" a fact'),
    "no sign": ("stage 'lead'", 6, 'something is missing before "lead"'),
    "two rules side by side": ("snoozed = 1 finished = 1", 12, "something is missing before"),
    "star alone": ("* = 1", 0, 'before "*" a fact'),
    "between with or": ("touch_count between 1 or 3", 22, "the rule cannot be read here"),
    "bracket left open": ("((snoozed = 1)", 0, "the bracket that opens here is never closed"),
    "bracket too many": ("snoozed = 1)", 11, "this bracket closes nothing"),
    "eleven brackets": ("(" * 11 + "snoozed = 1" + ")" * 11, 10, "nested more than 10 deep"),
    "many nots": ("not " * 120 + "snoozed = 1", 8, "nested too deep"),
    "many minuses": ("- " * 200 + "1 = snoozed", 4, "nested too deep"),
    "a long sum": ("touch_count > 1" + " + 1" * 100, 96, "nested too deep"),
    "501 characters": ("snoozed = 1" + " " * 490, 500, "the rule has 501 characters, 500 at most"),
    "a million characters": ("(" * 10**6, 500, "the rule has 1000000 characters"),
    "window": ("sum(touch_count) over () > 1", 0, '"sum" is a function'),
    "a tuple of rows": ("touch_count = any(values (1))", 14, '"any" is a function'),
    "a template": ("stage = {{ x }}", 8, f'"{{" {NO_SIGN}'),
    "Python": ("__import__('os').system('x') = 1", 0, '"__import__" is a function'),
}


@pytest.mark.parametrize(("text", "offset", "words"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_rule_is_refused_at_its_place(text: str, offset: int, words: str) -> None:
    fault = compile_predicate(text)
    assert isinstance(fault, PredicateFault)
    message = str(fault.message)
    assert words in message
    assert fault.offset == offset
    assert len(message) < 250
    assert message.isprintable()


def test_there_are_enough_hostile_rules() -> None:
    assert len({text for text, _, _ in HOSTILE.values()}) == len(HOSTILE) >= 60


GOOD: dict[str, str] = {
    "one comparison": "touch_count >= 3",
    "capitals": "STAGE = 'lead' AND Touch_Count > 1",
    "other unequal": "stage != 'lead'",
    "several lines": "stage = 'lead'\n  and\ttouch_count > 1\n",
    "ideographic blanks": "stage\u3000=\u3000'lead'",
    "a quote in a text": "stage = 'it''s'",
    "a text like a word": "step in ('and', 'null', ':x', '%(y)s', '--', '/*', ';')",
    "a text like a hostile rule": "stage = 'x'' or 1=1 --'",
    "a backslash in a text": r"stage = 'a\b\'",
    "a bracketed number": "touch_count = (3)",
    "ten brackets": "(" * 10 + "snoozed = 1" + ")" * 10,
    "zeros in front": "touch_count = 007",
    "minus": "touch_count > -3 and -touch_count < - -3",
    "days": "due_day between today - 7 and '2026-03-01'",
    "days between days": "due_day - last_touch_day > 3",
    "not in": "stage not in ('lead')",
    "500 characters": "snoozed = 1" + " " * 489,
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD.keys())
def test_good_rule_runs_with_all_values_bound(text: str) -> None:
    bound = compiled(text).bound("r0")
    assert "'" not in bound.sql
    assert sorted(bound.params) == sorted(f"r0_{n}" for n in range(len(bound.params)))
    assert run(bound, []) == {}


def test_what_is_computed_has_eight_bytes_on_every_engine() -> None:
    assert "CAST((s.touches) AS BIGINT) * :r_0" in compiled("touch_count * 9 > 1").bound("r").sql


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_can_be_read_by_a_rule(name: str) -> None:
    value = {FactType.INTEGER: "1", FactType.DAY: "today", FactType.TEXT: "'x'"}
    fact = FACTS[name]
    written = f"'{fact.accepted[0]}'" if fact.accepted else value[fact.type]
    rule = compiled(f"{name} = {written} or not {written} <> {name.upper()} and {name} is null")
    assert name in rule.facts


def test_rule_is_understood_as_it_is_written() -> None:
    rule = compiled("snoozed = 1 or not stage = 'lead' and touch_count + 2 * 3 between 1 and -4")
    number = partial(Condition, Sign.NUMBER, ())
    text = Condition(Sign.TEXT, (), "lead")
    fact = {name: Condition(Sign.FACT, (), name) for name in FACTS}
    product = Condition(Sign.TIMES, (number(2), number(3)))
    summed = Condition(Sign.PLUS, (fact["touch_count"], product))
    assert rule.condition == Condition(
        Sign.OR,
        (
            Condition(Sign.EQUAL, (fact["snoozed"], number(1))),
            Condition(
                Sign.AND,
                (
                    Condition(Sign.NOT, (Condition(Sign.EQUAL, (fact["stage"], text)),)),
                    Condition(Sign.BETWEEN, (summed, number(1), number(-4))),
                ),
            ),
        ),
    )
    assert rule.facts == ("snoozed", "stage", "touch_count")


KNOWN = {"stage": ("lead", "mql"), "sequence": ()}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("stage = 'leads'", 'did you mean "lead"?', id="near"),
        pytest.param("stage = 'Lead'", 'did you mean "lead"?', id="capitals"),
        pytest.param("stage in ('mql', 'won')", "it can be lead, mql", id="in a list"),
        pytest.param("owner = 'x' and stage <> 'x'", "it can be lead, mql", id="unequal"),
    ],
)
def test_value_that_the_sop_does_not_have_is_refused(text: str, words: str) -> None:
    fault = compile_predicate(text, KNOWN)
    assert isinstance(fault, PredicateFault)
    assert words in str(fault.message)
    assert fault.accepted == ("lead", "mql")


def test_value_is_free_where_the_sop_names_none() -> None:
    for text in ("stage = 'mql'", "sequence = 'x'", "owner = 'x'"):
        assert isinstance(compile_predicate(text, KNOWN), Compiled)


TRUTHS: dict[str, tuple[str, Mapping[str, Value], bool]] = {
    "null is not equal": ("touch_count = 1", {"touch_count": None}, False),
    "null is not unequal": ("touch_count <> 1", {"touch_count": None}, False),
    "not of null": ("not touch_count = 1", {"touch_count": None}, False),
    "null in a list": ("step in ('a')", {"step": None}, False),
    "null not in a list": ("step not in ('a')", {"step": None}, False),
    "null in a sum": ("touch_count + 1 > 0", {"touch_count": None}, False),
    "false decides and": ("not (touch_count = 1 and snoozed = 1)", {"touch_count": None}, True),
    "true decides or": ("touch_count = 1 or snoozed = 0", {"touch_count": None}, True),
    "below null": ("touch_count not between 5 and today - due_day", {"due_day": None}, True),
    "is null": ("step is null", {"step": None}, True),
    "is not null": ("step is not null", {"step": None}, False),
    "zero is a value": ("touch_count is null", {"touch_count": 0}, False),
    "an empty text is a value": ("step is null or step = 'x'", {"step": ""}, False),
}


@pytest.mark.parametrize(("text", "facts", "expected"), TRUTHS.values(), ids=TRUTHS.keys())
def test_null_follows_three_valued_logic(
    text: str, facts: Mapping[str, Value], expected: bool
) -> None:
    usual: dict[str, Value] = {"touch_count": 0, "snoozed": 0, "today": TODAY}
    assert matches(compiled(text), {**usual, **facts}) is expected


@settings(deadline=None, max_examples=300)
@given(text=rules, kept=tables)
def test_sql_and_python_agree_on_every_rule_and_state(text: str, kept: list[ContactState]) -> None:
    rule = compiled(text)
    bound = rule.bound("r3")
    rows = run(bound, kept)
    for state in kept:
        facts = values(state, TODAY)
        assert matches(rule, facts) is (rows[state.contact] == 1)
        opposite = Compiled("", Condition(Sign.NOT, (rule.condition,)))
        assert matches(opposite, facts) is (rows[state.contact] == 0)


PIECES = st.one_of(
    st.sampled_from([*FACTS, *COLUMNS, *"=<>+-*(),.:;'\"#%&|!", "<=", "<>", "--", "/*", "*/"]),
    st.sampled_from(["and", "or", "not", "in", "between", "is", "null", "select", "count("]),
    st.sampled_from(["'lead'", "'", "1", "0", "99", "（", "＝", "，", "“", "好", "\0", "\n"]),
    st.text(max_size=3),
)


@settings(deadline=None, max_examples=600)
@given(pieces=st.lists(PIECES, max_size=14), glue=st.sampled_from(["", " "]))
def test_whatever_is_written_raises_nothing_and_runs_if_it_passes(
    pieces: list[str], glue: str
) -> None:
    text = glue.join(pieces)
    found = compile_predicate(text)
    if isinstance(found, PredicateFault):
        assert 0 <= found.offset <= len(text)
        assert str(found.message).isprintable()
        return
    bound = found.bound("r")
    assert run(bound, []) == {}


def test_parser_is_loaded_by_a_rule_that_may_be_good_and_never_before() -> None:
    code = (
        "import sys\n"
        "from rules.predicates import compile_predicate, matches\n"
        "import rules.sop\n"
        "compile_predicate('no = 1')\n"
        "assert 'sqlglot' not in sys.modules\n"
        "rule = compile_predicate('snoozed = 1')\n"
        "assert 'sqlglot' in sys.modules\n"
        "assert matches(rule, {'snoozed': 1})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
