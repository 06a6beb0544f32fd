"""``k2log profile``: what a person tells of themselves, and what may be asked back."""

import json
import os
import pty
import sqlite3
import subprocess
import sys
import tomllib
from collections import Counter
from contextlib import closing, suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from k2log.names import name_words
from k2log.render.profile import person
from k2log.science import name_lists
from k2log.science.profile import Condition, Medicine, Profile

SATURDAY = date(2026, 11, 21)


@pytest.fixture
def told(k2log):
    """Set parts of the profile; return all of it."""

    def command(*options: str) -> dict:
        result = k2log("profile", "set", *options)
        assert result.code == 0, result.err
        return json.loads(k2log("profile show --json").out)

    return command


@pytest.fixture
def refused(k2log, diary):
    """Set what cannot be; return the one line that says why, nothing having changed."""

    def command(*options: str) -> str:
        before = stored(diary).get("profile")
        result = k2log("profile", "set", *options)
        assert result.code == 2, result
        assert result.out == ""
        assert result.err.startswith("k2log: ")
        assert result.err.count("\n") == 1
        assert stored(diary).get("profile") == before
        return result.err

    return command


def stored(diary) -> dict[str, str]:
    """Return the settings in the diary's file."""
    if not diary.exists():
        return {}
    with closing(sqlite3.connect(diary)) as db:
        return dict(db.execute("SELECT key, value FROM settings"))


def answered(typed: str, *arguments: str) -> str:
    """Run a command at a terminal of its own and type the answers; return what it showed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "k2log", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        os.write(ours, f"{typed}\x04".encode())  # and then the end, lest it wait for ever
        shown = b""
        with suppress(OSError):  # how Linux says that the other end is closed
            while part := os.read(ours, 4096):
                shown += part
        assert process.wait(20) == 0, shown
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


# What can be told


@pytest.mark.parametrize(
    ("options", "part", "value"),
    [
        ("--born 1964", "born", "1964"),
        ("--born 1964-05-17", "born", "1964-05-17"),
        ("--born 17.5.1964", "born", "1964-05-17"),
        ("--born 2026", "born", "2026"),
        ("--sex female", "sex", "female"),
        ("--sex W", None, None),
        ("--sex F", "sex", "female"),
        ("--sex woman", "sex", "female"),
        ("--sex m", "sex", "male"),
        ("--sex MAN", "sex", "male"),
        ("--life-stage pregnant", "life_stage", "pregnant"),
        ("--pregnant", "life_stage", "pregnant"),
        ("--breastfeeding", "life_stage", "breastfeeding"),
        ("--pregnant --life-stage pregnant", "life_stage", "pregnant"),
        ("--life-stage none", "life_stage", None),
        ("--menopause", "menopause", True),
        ("--no-menopause", "menopause", False),
        ("--authority nasem", "authority", "NASEM"),
        ("--authority us", "authority", "NASEM"),
        ("--authority EU", "authority", "EFSA"),
        ("--authority uk", "authority", "UK"),
        ("--authority Japan", "authority", "JAPAN-MHLW"),
        ("--authority JAPAN-MHLW", "authority", "JAPAN-MHLW"),
        ("--authority both", "authority", "both"),
        ("--no-medicines", "medicines", []),
        ("--no-conditions", "conditions", []),
        ("--target calcium=1000mg", "targets", {"calcium": 1000}),
        ("--target calcium=1g", "targets", {"calcium": 1000}),
        ("--target d=800IU", "targets", {"vitamin_d": 20}),
        ("--target d3=20mcg", "targets", {"vitamin_d": 20}),
        ("--target Vitamin-D=20µg", "targets", {"vitamin_d": 20}),
        ("--target magnesium=300mg", "targets", {"magnesium": 300}),
        ("--target K2=100mcg", "targets", {"vitamin_k2": 100}),
    ],
)
def test_each_part_can_be_told(options, part, value, k2log):
    """In the words people use; a letter that is none of them is refused."""
    result = k2log(f"profile set {options}")

    assert result.code == (0 if part else 2), result.err
    assert part is None or json.loads(k2log("profile show --json").out)[part] == value


def test_parts_are_told_together_and_add_up(told):
    """What is not named stays as it was."""
    told("--born", "1964", "--sex", "f", "--target", "calcium=1000mg")
    profile = told("--condition", "osteoporosis", "--target", "d=800IU")

    assert profile["born"] == "1964"
    assert profile["targets"] == {"calcium": 1000, "vitamin_d": 20}
    assert profile["conditions"] == [{"name": "osteoporosis", "kind": "bone"}]


def test_no_medicines_says_nothing_of_conditions(told):
    """Each is its own statement: none stated is not the same as not said."""
    profile = told("--no-medicines")

    assert profile["medicines"] == []
    assert profile["conditions"] is None


def test_a_target_can_be_taken_away(told):
    """With none for its amount."""
    told("--target", "calcium=1000mg", "--target", "d=800IU")

    assert told("--target", "calcium=none")["targets"] == {"vitamin_d": 20}


def test_both_takes_a_chosen_authority_back(told):
    """Both is what is compared where none is chosen and no region is set."""
    told("--authority", "efsa")

    assert told("--authority", "both")["authority"] == "both"


def test_a_life_stage_ends(told):
    """None is neither pregnant nor breastfeeding."""
    told("--pregnant")

    assert told("--life-stage", "none")["life_stage"] is None


def test_nothing_told_shows_what_can_be(k2log):
    """The help, as groups of commands do."""
    result = k2log("profile set")

    assert result.code == 2
    assert result.out == ""
    for option in ("--born", "--medicine", "--no-conditions", "--target"):
        assert option in result.err


# What is refused


@pytest.mark.parametrize(
    ("option", "text", "said"),
    [
        ("--born", "2027", "yet to come"),
        ("--born", "2026-11-22", "yet to come"),
        ("--born", "1905", "more than 120 years ago"),
        ("--born", "1850-01-01", "more than 120 years ago"),
        ("--born", "64", "no birth year"),
        ("--born", "17 may", "no birth year"),
        ("--born", "yesterday", "no birth year"),
        ("--born", "", "--born is empty"),
        ("--born", "1964-13-01", "no date of birth"),
        ("--born", "5/17/1964", "1964 or 1964-05-17"),
        ("--sex", "x", "Leave it unsaid to see both"),
        ("--life-stage", "pregant", "There are: pregnant, breastfeeding, none"),
        ("--authority", "esfa", "There are: EFSA"),
        ("--authority", "WHO", "NASEM"),
        ("--condition", "diabetes", "osteoporosis"),
        ("--condition", "osteoporsis", "There are: osteoporosis"),
        ("--condition", "no kidney disease", "There are: chronic kidney disease"),
        ("--condition", "", "There are"),
        ("--target", "calcium", "calcium=1000mg"),
        ("--target", "calcium=", "is empty"),
        ("--target", "k1=100mcg", "is no target"),
        ("--target", "calcium=5 apples", "no amount of Calcium"),
        ("--target", "calcium=1000IU", "no amount of Calcium"),
        ("--target", "calcium=-5mg", "no amount of Calcium"),
        ("--target", "calcium=0", "for none, calcium=none"),
        ("--target", "d=0", "for none, d=none"),
        ("--target", "calcium=90g", "50 to 5000 mg"),
        ("--target", "d=800mcg", "10000 IU"),
        ("--target", "k2=45mg", "1 to 1000 µg"),
        ("--medicine", "", "empty"),
        ("--medicine", "none", "--no-medicines"),
        ("--medicine", "no medicine", "--no-medicines"),
        ("--medicine", "=", "--no-medicines"),
        ("--medicine", "75 mg", "names no medicine"),
        ("--medicine", "💊", "names no medicine"),
        ("--medicine", "warfarin and aspirin", '--medicine "warfarin" --medicine "aspirin"'),
        (
            *("--medicine", "Waran, Letrox 50, Zorkin"),
            'write --medicine "Waran" --medicine "Letrox 50" --medicine "Zorkin"',
        ),
        ("--medicine", "metformin; Zorkin", '--medicine "metformin" --medicine "Zorkin"'),
        ("--medicine", "Marcumr", "did you mean phenprocoumon (Marcumar)?"),
        ("--medicine", "levothyroxine at 8am", "@07:00"),
        ("--medicine", "doxycycline until 20 nov 2026", "is over"),
        ("--medicine", "war\x1bfarin", "control character"),
        ("--remove-medicine", "aspirin", "There is none"),
        ("--remove-condition", "osteoporosis", "There is none"),
    ],
)
def test_what_cannot_be_read_is_refused(option, text, said, refused):
    """One line, the way on in it, and nothing is saved."""
    assert said in refused(option, text)


def test_one_thing_refused_saves_nothing_of_the_rest(refused):
    """All or nothing."""
    assert "no authority" in refused("--born", "1964", "--authority", "nobody")


@pytest.mark.parametrize(
    ("options", "way"),
    [
        ("--sex male --pregnant", "--sex female --pregnant, or --sex male --life-stage none"),
        ("--sex male --breastfeeding", "--sex female --breastfeeding"),
        ("--sex male --menopause", "--sex female --menopause, or --sex male --no-menopause"),
        ("--pregnant --menopause", "--pregnant --no-menopause, or --life-stage none --menopause"),
        ("--born 2020 --pregnant", "possible from 12 to 60"),
        ("--born 1950 --pregnant", "age 75 or 76"),
    ],
)
def test_contradictions_are_refused_at_once_or_later(options, way, refused, k2log):
    """Told together, or one after the other: the line says how to change both."""
    assert way in refused(*options.split())

    first = options.split(" --")[0]
    k2log(f"profile set {first}")
    assert way in refused(*options.removeprefix(first).split())


def test_the_way_out_of_a_contradiction_works(told, refused):
    """What the line says can be typed."""
    told("--sex", "male")
    assert "--sex female --pregnant" in refused("--pregnant")

    profile = told("--sex", "female", "--pregnant")
    assert (profile["sex"], profile["life_stage"]) == ("female", "pregnant")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--pregnant", "--breastfeeding"], "one life stage"),
        (["--life-stage", "none", "--pregnant"], "one life stage"),
        (["--medicine", "warfarin", "--no-medicines"], "contradict"),
        (["--condition", "lymphoma", "--no-conditions"], "contradict"),
        (["--born", "2015", "--menopause"], "menopause and born 2015 (age 10 or 11) contradict"),
        (["--born", "2021", "--breastfeeding"], "breastfeeding and born 2021"),
        (
            ["--condition", "PHPT", "--condition", "SHPT"],
            "primary hyperparathyroidism and secondary hyperparathyroidism contradict each other",
        ),
        (["--condition", "PHPT", "--condition", "hypoparathyroidism"], "contradict"),
        (["--condition", "low vitamin D", "--condition", "hypervitaminosis D"], "contradict"),
        (["--medicine", "Coumadin", "--medicine", "warfarin"], "there twice"),
        (["--target", "calcium=1000mg", "--target", "calcium=none"], "there twice"),
    ],
)
def test_options_that_exclude_each_other_are_refused(options, said, refused):
    """Neither wins in silence."""
    assert said in refused(*options)


def test_a_man_may_say_that_there_is_no_menopause(told):
    """Only yes contradicts."""
    assert told("--sex", "male", "--no-menopause")["menopause"] is False


# Medicines and conditions by their names


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            "vitamin-k-antagonist",
            """warfarin Coumadin Jantoven Marevan acenocoumarol Sintrom Sinthrome
            phenprocoumon Marcoumar Marcumar Falithrom fluindione Previscan phenindione VKA
            vitamin_K_antagonist Waran Orfarin Aldocumar Lawarin Uniwarf varfarin Warfilone
            dicoumarol dicumarol Pelentan ethyl_biscoumacetate anisindione Miradon clorindione
            diphenadione tioclomarol""",
        ),
        (
            "levothyroxine",
            """levothyroxine Synthroid Eltroxin Euthyrox Levoxyl Thyrax L-thyroxine thyroxine T4
            Lévothyroxine""",
        ),
        (
            "tetracycline",
            "doxycycline Vibramycin minocycline tetracycline lymecycline oxytetracycline",
        ),
        (
            "fluoroquinolone",
            "ciprofloxacin Cipro Ciproxin levofloxacin ofloxacin norfloxacin",
        ),
        ("antibiotic", "moxifloxacin Avelox amoxicillin Bactrim"),
        (
            "bone-injection",
            "denosumab Prolia Xgeva zoledronate zoledronic_acid Aclasta romosozumab",
        ),
        ("proton-pump-inhibitor", "omeprazole Losec pantoprazole"),
        (
            "oral-bisphosphonate",
            "alendronate alendronic_acid Fosamax risedronate Actonel ibandronate Bonviva Boniva",
        ),
        (
            "thiazide",
            """hydrochlorothiazide chlortalidone chlorthalidone indapamide bendroflumethiazide
            Esidrix thiazides""",
        ),
        ("cardiac-glycoside", "digoxin Lanoxin digitoxin"),
        ("lithium", "lithium Priadel Camcolit Lithobid lithium_carbonate"),
        (
            "integrase-inhibitor",
            """dolutegravir Tivicay bictegravir Biktarvy raltegravir Isentress elvitegravir Triumeq
            Juluca Dovato""",
        ),
        ("orlistat", "orlistat Xenical Alli"),
        (
            "bile-acid-sequestrant",
            "cholestyramine colestyramine Questran colesevelam Cholestagel Welchol colestipol",
        ),
        ("iron", "ferrous_sulfate ferrous_fumarate ferrous_gluconate iron_tablets iron"),
        (
            "no-rule",
            """apixaban Eliquis rivaroxaban Xarelto edoxaban Lixiana Savaysa dabigatran Pradaxa
            teriparatide raloxifene heparin heparins aspirin clopidogrel statins metformin DOAC
            ibandronate_injection""",
        ),
    ],
)
def test_a_medicine_is_known_by_its_names(kind, names):
    """Generic, brand and class names, whatever their case, accents and hyphens."""
    for name in names.split():
        typed = name.replace("_", " ")
        for spelling in (typed, typed.upper(), f"  {typed.lower()} 75 mcg ", typed + " tablets"):
            found = name_lists.match_medicine(spelling)
            assert isinstance(found, name_lists.ListedItem), spelling
            assert found.kind == kind, spelling


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("bone", "osteoporosis osteopenia Severe_Osteoporosis low_bone_density"),
        (
            "kidney-disease",
            """chronic_kidney_disease CKD on_dialysis kidney_failure stage_3b_kidney_disease
            kidney_transplant transplanted_kidney diabetic_nephropathy end_stage_renal_disease
            I_have_kidney_disease reduced_kidney_function CKD_4 CKD3b
            kidney_transplant_recipient""",
        ),
        (
            "kidney-stones",
            "kidney_stones kidney_stone history_of_kidney_stones stones_in_the_kidneys",
        ),
        ("high-urine-calcium", "hypercalciuria high_calcium_in_the_urine nephrocalcinosis"),
        (
            "high-blood-calcium",
            """primary_hyperparathyroidism PHPT parathyroid_adenoma tertiary_hyperparathyroidism
            hypercalcaemia hypercalcemia sarcoidosis tuberculosis leprosy Hansen's_disease
            berylliosis histoplasmosis lymphoma non-Hodgkin_lymphoma multiple_myeloma myeloma
            bone_metastases bone_mets Williams_syndrome Williams-Beuren_syndrome
            milk-alkali_syndrome vitamin_D_toxicity hypervitaminosis_D valley_fever""",
        ),
        ("secondary-hyperparathyroidism", "secondary_hyperparathyroidism SHPT"),
        ("hypoparathyroidism", "hypoparathyroidism pseudohypoparathyroidism"),
        ("low-vitamin-d", "vitamin_D_deficiency low_vitamin_d osteomalacia rickets"),
        (
            "fat-malabsorption",
            """coeliac_disease celiac_disease cœliac Crohn’s_disease crohns cystic_fibrosis
            bariatric_surgery gastric_bypass cholestasis ulcerative_colitis IBD
            inflammatory_bowel_disease short_bowel_syndrome chronic_pancreatitis cirrhosis
            liver_cirrhosis primary_biliary_cholangitis""",
        ),
    ],
)
def test_a_condition_is_known_by_its_names(kind, names):
    """British and American, short and long."""
    for name in names.replace("œ", "oe").split():
        assert name_lists.find_condition(name.replace("_", " ")).kind == kind, name


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("hyperparathyroidism", "primary hyperparathyroidism, secondary hyperparathyroidism or"),
        ("overactive parathyroid", "primary hyperparathyroidism, secondary"),
        ("kidney problems", "chronic kidney disease, kidney stones"),
        ("liver disease", "cirrhosis or cholestasis"),
        ("weak bones", "osteoporosis, osteopenia or osteomalacia"),
        ("colitis", "ulcerative colitis, Crohn's disease or"),
    ],
)
def test_a_condition_that_may_be_several_is_asked_about(typed, offered, k2log):
    """It is never taken for one of them, and nothing is written."""
    result = k2log("profile", "set", "--condition", typed)

    assert result.code == 2
    assert f'"{typed}" does not say which: {offered}' in result.err
    assert result.err.count("\n") == 1
    assert '"conditions": null' in k2log("profile", "show", "--json").out


def test_at_a_terminal_it_is_asked_which_condition_is_meant():
    """By number, like a medicine."""
    shown = answered("2\n", "profile", "set", "--condition", "hyperparathyroidism")

    assert "1  primary hyperparathyroidism" in shown
    assert "Conditions    secondary hyperparathyroidism" in shown


def test_unknown_conditions_list_the_others_in_one_order(k2log):
    """The nearest first, then as the list has them."""
    none_near = k2log("profile", "set", "--condition", "zzz").err
    near = k2log("profile", "set", "--condition", "sarcodosis").err

    assert "There are: osteoporosis, osteopenia" in none_near
    assert "There are: sarcoidosis, " in near
    assert sorted(near.split(": ", 2)[2].strip().split(", ")) == sorted(
        none_near.split(": ", 2)[2].strip().split(", ")
    )


def test_a_condition_told_of_under_an_older_name_is_still_known():
    """What is done with it goes by its kind."""
    older = Condition("hyperparathyroidism", "high-blood-calcium")

    assert "ceiling" in name_lists.effect_of(older)
    assert name_lists.has_name(older, "Hyperparathyroidism")


def test_every_name_of_the_lists_means_itself():
    """No name is hidden by another, is vague, or is taken apart."""
    medicines = name_lists._medicines()
    for key, known in medicines.by_key.items():
        assert key not in medicines.vague
        assert name_lists.match_medicine(known.name) == known


def test_every_member_of_a_vague_word_is_in_the_list():
    """What is offered can be taken."""
    medicines = name_lists._medicines()

    for members in medicines.vague.values():
        assert [medicines.called(name).name for name in members] == list(members)


def test_no_name_is_given_twice():
    """A name of two medicines would hide one of them."""
    for file in ("medicines.toml", "conditions.toml"):
        tables = tomllib.loads((name_lists._FOLDER / file).read_text(encoding="utf-8"))
        meant = {
            ("".join(name_words(spoken)), name)
            for group in tables["group"]
            for name, others in group["names"].items()
            for spoken in (name, *others)
        }
        count = Counter(spoken for spoken, _ in meant)
        assert [spoken for spoken, names in count.items() if names > 1] == [], file


def test_a_slip_in_a_brand_is_asked_about_by_that_brand(k2log):
    """Who takes Marcumar need not know what it is called in a textbook."""
    shown = answered("1\n", "profile", "set", "--medicine", "Marcumr")

    assert "phenprocoumon (Marcumar)" in shown
    (medicine,) = json.loads(k2log("profile show --json").out)["medicines"]
    assert (medicine["name"], medicine["kind"]) == ("phenprocoumon", "vitamin-k-antagonist")


def test_what_the_user_called_it_is_kept_beside_the_generic_name(told):
    """Coumadin is on the box."""
    (medicine,) = told("--medicine", "Coumadin 5 mg")["medicines"]

    assert medicine["name"] == "warfarin"
    assert medicine["kind"] == "vitamin-k-antagonist"
    assert medicine["said"] == "Coumadin 5 mg"


def test_times_days_and_the_last_day_are_kept(told):
    """As they were typed behind the @."""
    alendronate, doxycycline = told(
        "--medicine", "alendronate@mon 07:00", "--medicine", "doxycycline@08:00,20:00 until 28 nov"
    )["medicines"]

    assert (alendronate["days"], alendronate["times"]) == ([0], ["07:00"])
    assert doxycycline["times"] == ["08:00", "20:00"]
    assert doxycycline["until"] == "2026-11-28"


def test_the_same_medicine_replaces_itself(told):
    """Under whatever name it comes back."""
    told("--medicine", "levothyroxine@07:00", "--medicine", "aspirin")
    medicines = told("--medicine", "Eltroxin@06:30")["medicines"]

    assert [(it["name"], it["times"]) for it in medicines] == [
        ("aspirin", []),
        ("levothyroxine", ["06:30"]),
    ]


@pytest.mark.parametrize("typed", ["warfarin", "Coumadin", "coumadin 5mg", "Marevan"])
def test_a_medicine_is_removed_by_any_of_its_names(typed, told):
    """The last one gone leaves nothing said, which is not the same as none."""
    told("--medicine", "Coumadin 5mg", "--medicine", "aspirin")

    assert [it["name"] for it in told("--remove-medicine", typed)["medicines"]] == ["aspirin"]
    assert told("--remove-medicine", "aspirin")["medicines"] is None


def test_a_condition_is_removed_by_any_of_its_names(told):
    """Celiac is coeliac."""
    told("--condition", "coeliac disease", "--condition", "CKD", "--condition", "celiac")

    assert [it["name"] for it in told("--remove-condition", "celiac")["conditions"]] == [
        "chronic kidney disease"
    ]


@pytest.mark.parametrize(
    "typed", ["Zzyzx", "варфарин", "st john's wort", "=warfrin", "=blood thinner"]
)
def test_what_no_list_knows_is_kept_as_typed_and_said(typed, k2log):
    """The user knows better what they take; k2log says that no rule does."""
    result = k2log("profile", "set", "--medicine", typed)

    assert result.code == 0, result.err
    said = f"{typed.removeprefix('=')}: k2log does not know it. If it is a blood thinner"
    assert said in " ".join(result.out.split())


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("blood thinner", "warfarin, acenocoumarol"),
        ("my blood-thinners", "apixaban"),
        ("anticoagulent", "rivaroxaban"),
        ("thyroid pill", "levothyroxine"),
        ("thyroid medicine", "levothyroxine"),
        ("water pill", "hydrochlorothiazide"),
        ("antibiotics", "doxycycline"),
        ("osteoporosis medicine", "alendronate"),
        ("warfrin", "did you mean warfarin?"),
        ("warfrin 5 mg", "did you mean warfarin?"),
        ("asprin and warfrin", "warfarin"),
        ("not warfarin", "did you mean warfarin?"),
        ("aspirin + warfrin", "did you mean warfarin?"),
        ("levothyroxin sodium 75", "did you mean levothyroxine"),
    ],
)
def test_what_is_doubtful_is_refused_where_nobody_can_be_asked(typed, offered, refused):
    """With the names there are, and the way to keep it as typed."""
    told = refused("--medicine", typed)

    assert offered in told
    assert f'--medicine "={typed}"' in told


def test_a_vague_word_beside_the_name_is_no_doubt(told):
    """The name says which."""
    (medicine,) = told("--medicine", "blood thinner (warfarin)")["medicines"]

    assert medicine["name"] == "warfarin"


# Questions at a terminal


def test_a_vague_word_is_asked_at_a_terminal_once(diary, k2log):
    """The answer is stored with the word: neither a terminal nor a script asks again."""
    shown = answered("1\n", "profile", "set", "--medicine", "blood thinner@18:00")
    assert '"blood thinner" does not say which it is:' in shown
    assert "warfarin: notes on vitamin K will appear" in shown

    again = answered("", "profile", "set", "--medicine", "blood thinner@19:00")
    assert "Which one?" not in again

    result = k2log("profile", "set", "--medicine", "Blood-thinner@20:00")
    assert "warfarin (blood thinner), 20:00" in result.out


def test_something_else_is_kept_as_typed_and_not_asked_again(k2log):
    """No guess, no nagging."""
    shown = answered("m\n12\n", "profile", "set", "--medicine", "blood thinner")

    assert "blood thinner: k2log does not know it." in " ".join(shown.split())
    assert k2log("profile", "set", "--medicine", "blood thinner").code == 0


@pytest.mark.parametrize(("answer", "name"), [("1", "warfarin"), ("2", "warfrin")])
def test_a_near_miss_is_asked_at_a_terminal(answer, name, k2log):
    """The name it is near, or as typed."""
    answered(f"{answer}\n", "profile", "set", "--medicine", "warfrin")

    (medicine,) = json.loads(k2log("profile show --json").out)["medicines"]
    assert medicine["name"] == name


# What is said back


def test_after_a_change_the_profile_and_what_it_means_are_shown(k2log):
    """One line per new medicine; what was there before is not explained again."""
    k2log("profile set --medicine aspirin")
    result = k2log(
        "profile", "set", "--born", "1964", "--sex", "f", "--medicine", "Eliquis",
        "--medicine", "warfarin", "--condition", "osteoporosis",
    )  # fmt: skip

    assert "Born          1964 (age 61 or 62)\nSex           female\n" in result.out
    assert "apixaban: known, no rule: does not act through vitamin K\n" in result.out
    assert "warfarin: notes on vitamin K will appear\n" in result.out
    assert "osteoporosis: a target from your doctor comes first: " in result.out
    assert "k2log profile set --target calcium=1000mg" in result.out
    assert "aspirin:" not in result.out


def test_what_was_not_said_is_called_so(k2log):
    """Not said is not none; looking makes no diary."""
    result = k2log("profile show")

    assert result.code == 0
    assert "Born          not said" in result.out
    assert "Medicines     not said (none? profile set --no-medicines)" in result.out
    assert max(map(len, result.out.splitlines())) <= 70


def test_a_man_is_not_shown_what_is_about_women(k2log):
    """Life stage and menopause are left out."""
    k2log("profile set --sex male")

    assert "enopause" not in k2log("profile show").out


def test_an_own_k2_figure_is_not_used_with_a_vitamin_k_antagonist(k2log):
    """It is kept, and said."""
    k2log("profile set --target k2=100mcg")
    assert "K2, your figure, 100 µg\n" in k2log("profile show").out

    k2log("profile set --medicine warfarin")
    assert "K2, your figure, 100 µg (not used with warfarin)" in k2log("profile show").out


def test_a_medicine_that_is_over_is_said_to_be(k2log, set_now):
    """It stays on the list, and no note is promised for it."""
    k2log("profile", "set", "--medicine", "doxycycline until 28 nov")
    set_now("2026-11-29T12:00:00+01:00")
    result = k2log("profile show")

    assert "doxycycline, until 28 November 2026 (over)" in result.out
    assert "notes on calcium" not in result.out


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (Profile(), ""),
        (Profile(born="1964", sex="female"), "woman, born 1964 (61 or 62)"),
        (Profile(born="1964-05-17", sex="female"), "woman, 62"),
        (Profile(born="1964-11-22", sex="male"), "man, 61"),
        (Profile(born="2015-01-01", sex="female"), "girl, 11"),
        (Profile(born="2026-01-01", sex="male"), "boy, under 1"),
        (Profile(born="1964-05-17"), "age 62"),
        (Profile(born="1964"), "born 1964 (61 or 62)"),
        (Profile(sex="female", life_stage="pregnant"), "woman, pregnant"),
    ],
)
def test_a_person_in_a_few_words(profile, said):
    """For the title of a report."""
    assert person(profile, SATURDAY) == said


def test_narrow_terminals_get_whole_words(k2log):
    """Nothing is wider than 50 columns where the terminal is."""
    from k2log.render.profile import effects_text, profile_text

    profile = Profile(
        medicines=(Medicine("doxycycline", "tetracycline", ("08:00", "20:00"), (0, 3), SATURDAY),),
        targets={"vitamin_k2": 100, "vitamin_d": 20},
    )
    shown = profile_text(profile, SATURDAY, 50)
    shown += effects_text([(profile.medicines[0], "notes on calcium near it " * 3)], 50)

    assert max(map(len, shown.splitlines())) <= 50


# Clearing, undoing, storing


def test_undo_brings_the_former_profile_back(told, k2log):
    """Each set and each clear is one change."""
    before = told("--born", "1964", "--medicine", "warfarin")
    told("--born", "1970", "--no-medicines")
    k2log("undo")
    assert json.loads(k2log("profile show --json").out) == before

    k2log("profile clear")
    k2log("undo")
    assert json.loads(k2log("profile show --json").out) == before


def test_setting_the_same_again_is_no_change(told, k2log):
    """Undo then takes back what did change."""
    told("--born", "1964")
    told("--born", "1964")
    k2log("undo")

    assert json.loads(k2log("profile show --json").out)["born"] is None


def test_clear_takes_everything_and_the_setting_itself(told, k2log, diary):
    """What is gone is named."""
    told("--born", "1964", "--medicine", "warfarin", "--target", "calcium=1000mg")
    result = k2log("profile clear")

    assert result.out == (
        "gone: born 1964; warfarin; target calcium 1000 mg. k2log undo brings it back\n"
    )
    assert "profile" not in stored(diary)


def test_parts_are_cleared_alone(told, k2log):
    """The others stay."""
    told(
        "--born", "1990", "--sex", "f", "--pregnant", "--no-menopause", "--no-conditions",
        "--medicine", "warfarin", "--authority", "uk", "--target", "d=800IU",
    )  # fmt: skip
    result = k2log("profile clear life-stage menopause medicines conditions")

    assert "pregnant; menopause: no; warfarin; that there are no conditions" in result.out
    profile = json.loads(k2log("profile show --json").out)
    assert {part for part, value in profile.items() if value} == {
        "born", "sex", "authority", "targets",
    }  # fmt: skip
    result = k2log("profile clear born sex authority targets")
    assert "born 1990; female; references of UK; target vitamin D 20 µg (800 IU)" in result.out
    assert k2log("profile clear").out.startswith("nothing to clear")


def test_clearing_what_was_not_said_is_no_change(k2log):
    """Nothing to undo afterwards."""
    assert k2log("profile clear born").out == "nothing to clear: it was not said\n"
    assert k2log("undo").code == 1


def test_an_unknown_part_is_refused(k2log):
    """With the parts there are."""
    result = k2log("profile clear weight")

    assert result.code == 2
    assert "There are: born, sex, life-stage" in result.err


def test_only_what_was_said_is_stored(told, diary):
    """One small document among the settings."""
    told("--born", "1964", "--medicine", "warfarin", "--no-conditions")

    assert stored(diary)["profile"] == (
        '{"born":"1964","medicines":[{"name":"warfarin","kind":"vitamin-k-antagonist"}],'
        '"conditions":[]}'
    )


# Anything at all


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    option=st.sampled_from([
        "--medicine", "--condition", "--remove-medicine", "--remove-condition", "--born", "--sex",
        "--authority", "--life-stage", "--target",
    ]),
    text=st.text(st.characters(exclude_characters="\0", exclude_categories=[])),
)  # fmt: skip
@example(option="--medicine", text="warfarin@" + "9" * 50)
@example(option="--medicine", text="\ud800")
@example(option="--medicine", text="=\u2028")
@example(option="--medicine", text="'; DROP TABLE settings; --")
@example(option="--born", text="٢٠٢٠")
@example(option="--born", text="0000")
@example(option="--target", text="calcium=" + "9" * 400 + "mg")
@example(option="--target", text="d=1e999IU")
def test_any_text_is_taken_or_refused_in_one_line(option, text, k2log):
    """Never a traceback, and whatever was kept is shown again."""
    result = k2log("profile", "set", f"{option}={text}")

    assert result.code in (0, 2), result
    assert result.code == 0 or (result.err.startswith("k2log: ") and result.err.count("\n") == 1)
    assert k2log("profile show").code == 0


@given(typed=st.text(max_size=40))
def test_recognising_never_guesses(typed):
    """A name that is known holds, letter for letter, a name of the list."""
    try:
        found = name_lists.match_medicine(typed)
    except name_lists.UnreadableError:
        return
    assert not isinstance(found, name_lists.ListedItem) or any(
        key in "".join(name_lists._medicines().words(typed))
        for key in name_lists._medicines().by_key
    )


@pytest.mark.parametrize(
    ("region", "label", "others"),
    [
        ("us", "RDA 1200", "EU"),
        ("eu", "PRI 950", "US RDA"),
        ("uk", "RNI 700", "RDA 1200"),
        ("jp", "RDA 650", "PRI"),
    ],
)
def test_the_region_chooses_whose_references(region, label, others, k2log):
    """Unless somebody chose; then the region has no say."""
    k2log("profile set --born 1964 --sex female")
    for day in ("-1", "-2", "-3"):
        k2log("add", "whole milk 500ml", "--on", day)
    k2log(f"config set region {region}")

    assert f"as your region is {region}" in k2log("profile show").out
    text = k2log("report --caveats none").out
    assert label in text
    assert others not in text

    k2log("profile set --authority both")
    assert "References    US and EU\n" in k2log("profile show").out
    text = k2log("report --caveats none").out
    assert "US RDA" in text
    assert "EU PRI" in text


def test_the_region_adds_nothing_to_a_profile(k2log):
    """What is stored is what was said; of nobody nothing is known."""
    k2log("config set region eu")
    assert json.loads(k2log("report --json").out)["profile"] is None
    k2log("profile set --born 1964")

    assert json.loads(k2log("profile show --json").out)["authority"] is None
    k2log("config unset region")
    assert "US and EU, as none is chosen" in k2log("profile show").out
