"""What is said of medicines, row by row: who takes what, what was logged, which words come of it.

``medicines`` and ``conditions`` are told by ``profile set``, ``logged`` by ``add``, with a clock
time in front where there is one. ``add`` is what the last of these says at once, ``report`` every
remark of the week's report, ``told`` what ``profile set`` answers.
"""

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest

from conftest import Result
from wording import check_words

FOUR_HOURS = "labels advise at least 4 hours between them"
BINDS = "can make it work less well"
PHARMACIST = "please ask a pharmacist about timing or monitoring"
BONE = "taken first, with plain water"
ASKED = "Is it a blood thinner of the warfarin kind?"
INR = "please make sure that the clinic that checks your INR knows"


class Row(NamedTuple):
    """Who takes what and logs what; the words that must and must not come of it, and where."""

    medicines: str
    logged: str
    where: str
    says: str
    never: str = ""
    conditions: str = ""


# Words with | between them are several.
ROWS = [
    # vitamin K antagonists: brands of many countries
    *(
        Row(brand, "mk7 100mcg", "add", f"Your profile lists {name}|INR clinic", ASKED)
        for brand, name in {
            "Waran": "warfarin", "Orfarin": "warfarin", "Aldocumar": "warfarin",
            "Uniwarf": "warfarin", "Marevan": "warfarin", "Coumadin 5 mg": "warfarin",
            "Jantoven": "warfarin", "Sintrom": "acenocoumarol", "Sinthrome": "acenocoumarol",
            "Marcumar": "phenprocoumon", "Falithrom": "phenprocoumon",
            "Marcoumar": "phenprocoumon", "Pelentan": "ethyl biscoumacetate",
            "dicoumarol": "dicoumarol", "Previscan": "fluindione", "Dindevan": "phenindione",
            "Sintrom Mitis": "acenocoumarol", "Warfarin Orion 3 mg": "warfarin",
        }.items()
    ),
    Row("Waran", "natto 1tbsp", "add", "Natto contains vitamin K", ASKED),
    Row("=Zorkin", "natto 1tbsp", "add", f"k2log does not know Zorkin|{ASKED}"),
    Row("=Zorkin", "egg 1", "add", "", ASKED),
    Row("=Zorkin", "egg 1", "report", ASKED),
    Row("Eliquis", "mk7 100mcg", "add", "", f"INR clinic|{ASKED}"),
    # beside an antagonist: what changes the INR
    Row("Waran; amoxicillin", "egg 1", "report", f"Amoxicillin can change|beside warfarin|{INR}"),
    Row("Waran; Avelox", "egg 1", "report", f"Moxifloxacin can change|{INR}"),
    Row("Sintrom; Daktarin oral gel", "egg 1", "report", f"Miconazole can change|{INR}"),
    Row("Marcumar; Cordarone", "egg 1", "report", f"Amiodarone can change|{INR}"),
    Row("Marevan; doxycycline", "egg 1", "report", f"Doxycycline can change|{INR}"),
    Row("Coumadin; rifampin", "egg 1", "report", "Rifampicin can change|lower vitamin D"),
    Row("Waran; vitamin K2", "egg 1", "report", f"Vitamin K can change|{INR}"),
    Row("Waran; metformin", "egg 1", "report", "stay steady", INR),
    Row("Eliquis; Cordarone", "egg 1", "report", "", INR),
    # thyroid hormones
    *(
        Row(f"{brand}@07:00", "10:59 calcium 500mg", "add", f"{name} is absorbed|{FOUR_HOURS}")
        for brand, name in {
            "levothyroxine": "levothyroxine", "Letrox": "levothyroxine",
            "Euthyrox 50": "levothyroxine", "Tirosint": "levothyroxine",
            "Armour Thyroid": "desiccated thyroid", "NP Thyroid": "desiccated thyroid",
            "Cytomel": "liothyronine", "Novothyral": "levothyroxine with liothyronine",
        }.items()
    ),
    Row("levothyroxine 100 micrograms@07:00", "10:59 calcium 500mg", "add", FOUR_HOURS),
    Row("levothyroxine@07:00", "11:00 calcium 500mg", "add", "", FOUR_HOURS),
    Row("levothyroxine@07:00", "07:10 orange juice with calcium 1 cup", "add", FOUR_HOURS),
    Row("levothyroxine@07:00", "07:10 almond milk 1 cup", "add", FOUR_HOURS),
    Row("levothyroxine@07:00", "11:00 orange juice with calcium 1 cup", "add", "", FOUR_HOURS),
    Row("levothyroxine@07:00", "07:10 orange juice 1 cup", "add", "", FOUR_HOURS),
    Row("levothyroxine@07:00", "07:30 milk 1 cup", "report", "Milk taken together", FOUR_HOURS),
    Row("levothyroxine@07:00", "08:00 milk 1 cup", "report", "", "Milk taken together"),
    # tetracyclines: dairy too, or supplements only
    Row("tetracycline@12:00", "13:59 yogurt 1 cup", "add", f"in dairy food too, binds|{BINDS}"),
    Row("tetracycline@12:00", "14:00 yogurt 1 cup", "add", "", BINDS),
    Row("tetracycline@12:00", "08:01 yogurt 1 cup", "add", BINDS),
    Row("tetracycline@12:00", "08:00 yogurt 1 cup", "add", "", BINDS),
    Row("Terramycin@12:00", "12:30 milk 1 cup", "add", f"binds oxytetracycline|{BINDS}"),
    Row("demeclocycline@12:00", "12:30 milk 1 cup", "add", f"binds demeclocycline|{BINDS}"),
    Row("doxycycline@08:00", "08:00 milk 1 cup", "report", "", "doxycycline at"),
    Row("Oracea@08:00", "08:30 calcium 500mg", "add", f"supplements binds doxycycline|{BINDS}"),
    Row("Doryx@08:00", "10:00 calcium 500mg", "add", "", BINDS),
    Row("minocycline@08:00", "08:30 yogurt 1 cup", "report", "", "minocycline at"),
    Row("Minocin@08:00", "08:30 calcium 500mg", "add", f"supplements binds minocycline|{BINDS}"),
    Row("Tetralysal@08:00", "08:30 yogurt 1 cup", "add", "", BINDS),
    Row("Tetralysal@08:00", "08:30 yogurt 1 cup", "report", "without dairy food", BINDS),
    Row("Tetralysal@08:00", "08:30 calcium 500mg", "add", f"binds lymecycline|{BINDS}"),
    # quinolones
    Row("Cipro@12:00", "06:01 yogurt 1 cup", "add", f"binds ciprofloxacin|{BINDS}"),
    Row("Cipro@12:00", "06:00 yogurt 1 cup", "add", "", BINDS),
    Row("norfloxacin@12:00", "13:59 milk 1 cup", "add", f"binds norfloxacin|{BINDS}"),
    Row("Levaquin@12:00", "12:30 yogurt 1 cup", "report", "", BINDS),
    Row("Levaquin@12:00", "12:30 calcium 500mg", "add", f"binds levofloxacin|{BINDS}"),
    Row("moxifloxacin@08:00", "08:30 yogurt 1 cup", "report", "", "moxifloxacin"),
    Row("Avelox@08:00", "08:30 calcium 1200mg", "report", "", "moxifloxacin"),
    Row("quinolone@08:00", "08:30 yogurt 1 cup", "add", BINDS),
    Row("Factive@08:00", "08:30 calcium 500mg", "add", f"binds gemifloxacin|{BINDS}"),
    # bone tablets
    Row("Fosamax@07:00", "07:29 bread 1 slice", "add", f"Alendronate is {BONE}"),
    Row("Fosamax@07:00", "07:30 bread 1 slice", "add", "", BONE),
    Row("Bonviva@07:00", "07:59 coffee 1 cup", "add", f"Ibandronate is {BONE}"),
    Row("Bonviva@07:00", "08:00 coffee 1 cup", "add", "", BONE),
    Row("Actonel@07:00", "06:30 calcium 500mg", "add", f"Risedronate is {BONE}"),
    Row("Atelvia@08:00", "07:45 bread 1 slice", "add", "", "risedronate"),
    Row("Atelvia@08:00", "08:30 calcium 500mg", "add", "another time of the day"),
    Row("Didronel@12:00", "13:59 milk 1 cup", "add", "label of etidronate|within 2 hours"),
    Row("Didronel@12:00", "10:01 bread 1 slice", "add", "label of etidronate"),
    Row("Didronel@12:00", "14:00 milk 1 cup", "add", "", "etidronate"),
    Row("Bonefos@12:00", "12:59 bread 1 slice", "add", "label of clodronate|hour before and after"),
    Row("Bonefos@12:00", "11:01 milk 1 cup", "add", "label of clodronate"),
    Row("Bonefos@12:00", "13:00 milk 1 cup", "add", "", "clodronate"),
    Row("Protelos@22:00", "20:01 yogurt 1 cup", "add", "strontium|at least 2 hours"),
    Row("strontium ranelate@22:00", "20:00 yogurt 1 cup", "add", "", "strontium"),
    # eltrombopag: food too
    Row("Revolade@12:00", "08:01 yogurt 1 cup", "add", "eltrombopag|more than 50 mg of calcium"),
    Row("Promacta@12:00", "13:59 calcium 200mg", "add", "eltrombopag|at least 2 hours before"),
    Row("Revolade@12:00", "08:00 yogurt 1 cup", "add", "", "eltrombopag"),
    Row("Revolade@12:00", "14:00 yogurt 1 cup", "add", "", "eltrombopag"),
    Row("Revolade@12:00", "12:10 apple 1", "add", "", "eltrombopag"),
    # integrase inhibitors, each by its label
    Row("Tivicay@12:00", "06:01 calcium 500mg", "add", "dolutegravir|both together with a meal"),
    Row("Dovato@12:00", "14:00 calcium 500mg", "add", "", "dolutegravir"),
    Row("Vocabria@12:00", "15:59 calcium 500mg", "add", "cabotegravir|2 hours before or 4 hours"),
    Row("Vocabria@12:00", "10:00 calcium 500mg", "add", "", "cabotegravir"),
    Row("Genvoya@12:00", "13:59 calcium 500mg", "add", "elvitegravir"),
    Row("Biktarvy@12:00", "12:00 calcium 500mg", "add", "", "bictegravir"),
    Row("Biktarvy@12:00", "12:00 calcium 500mg", "report", "not with a meal", "6 hours"),
    Row("Isentress", "calcium 500mg", "report", "raltegravir taken once a day"),
    Row("Isentress", "d3 1000IU", "report", "", "raltegravir"),
    # thiazides and their combinations: large doses at once, others in the report
    *(
        Row(brand, "calcium 1200mg, d3 5000IU", "add", f"{PHARMACIST}|keeps calcium in the body")
        for brand in (
            "hydrochlorothiazide", "HCTZ", "Hyzaar", "Dyazide", "Maxzide", "Zestoretic",
            "Tenoretic", "Co-Diovan", "chlorothiazide", "xipamide", "indapamide", "Coversyl Plus",
            "co-amilozide", "Moduretic", "Micardis Plus", "lisinopril/HCTZ 20/12.5",
        )
    ),
    Row("HCTZ", "calcium 500mg", "add", "", PHARMACIST),
    Row("HCTZ", "calcium 500mg", "report", PHARMACIST),
    Row("HCTZ", "milk 1 cup", "report", "", PHARMACIST),
    Row("Lasix", "calcium 1200mg", "report", "", PHARMACIST),
    # others that large doses matter to
    Row("Lanoxin", "d3 4000IU", "add", f"digoxin|{PHARMACIST}|too strongly on the heart"),
    Row("digoxin 125 micrograms daily", "calcium 1000mg", "add", "digoxin"),
    Row("Lanitop", "calcium 1000mg", "add", "metildigoxin"),
    Row("Priadel", "calcium 1000mg", "add", "can itself raise calcium and parathyroid hormone"),
    Row("Isoptin", "d3 4000IU", "add", "can weaken verapamil"),
    Row("calcitriol", "calcium 1200mg, d3 4000IU", "add", "a strong form of vitamin D"),
    Row("One-Alpha", "d3 1000IU", "report", "Alfacalcidol is a strong form of vitamin D"),
    Row("Hidroferol", "d3 4000IU", "add", "Calcifediol is a strong form of vitamin D"),
    Row("Zemplar", "calcium 1000mg", "add", "Paricalcitol is a strong form of vitamin D"),
    Row("PhosLo", "calcium 1000mg", "add", "Calcium acetate is calcium already"),
    Row("Mimpara", "calcium 1000mg", "add", "Cinacalcet lowers calcium in the blood"),
    # injections for bone, steroids, vitamin D, stomach acid
    Row("Prolia", "egg 1", "report", "With denosumab|enough calcium and vitamin D", "kidney"),
    Row("Prolia", "egg 1", "report", "low calcium can be severe|kidney team", "", "CKD"),
    Row("Aclasta", "egg 1", "report", "With zoledronate|enough calcium and vitamin D"),
    Row("Evenity", "egg 1", "report", "With romosozumab|enough calcium and vitamin D"),
    Row("prednisolone", "egg 1", "report", "Prednisolone lowers how much calcium is absorbed"),
    Row("Medrol", "egg 1", "report", "Methylprednisolone lowers how much calcium is absorbed"),
    *(
        Row(name, "egg 1", "report", "can lower vitamin D in the blood|25-OH-vitamin D")
        for name in ("Dilantin", "Tegretol", "phenobarbitone", "Mysoline", "rifampicin")
    ),
    Row("Losec", "calcium 500mg as carbonate", "report", "So carbonate goes with a meal"),
    Row("pantoprazole", "calcium 500mg as citrate", "report", "", "So carbonate goes with a meal"),
    Row("Questran", "egg 1", "report", "Vitamins D and K may be absorbed less well"),
    Row("Xenical", "egg 1", "report", "Vitamins D and K may be absorbed less well"),
    Row("Ferrograd@08:00", "08:30 calcium 500mg", "report", "how much iron or zinc is absorbed"),
    # what is said when it is told
    Row("amlodipine", "egg 1", "told", "which does not mean that nothing interacts", "no rule"),
    Row("Avelox", "egg 1", "told", "trials saw no relevant effect of yogurt or calcium"),
    Row("=Zorkin", "egg 1", "told", "k2log does not know it. If it is a blood thinner", "no rule"),
    Row("Adcal-D3", "egg 1", "told", "count when they are logged: k2log add"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " · ".join(filter(None, row[:3])))
def test_what_is_said_of_medicines(row: Row, k2log: Callable[..., Result]) -> None:
    """The words of the row, and none of those that must not come."""
    words = _words(row, k2log)

    check_words(words, row.says, row.never)


def _words(row: Row, k2log: Callable[..., Result]) -> str:
    """Do what a row says, and return what came of it where it says, on one line."""
    medicines = [part for name in row.medicines.split("; ") for part in ("--medicine", name)]
    conditions = ["--condition", row.conditions] if row.conditions else []
    told = k2log("profile", "set", "--born", "1956", "--sex", "male", *medicines, *conditions)
    assert told.code == 0, told.err
    if row.logged[2] == ":":
        added = k2log("add", row.logged[6:], "--on", "yesterday", "--at", row.logged[:5])
    else:
        added = k2log("add", row.logged)
    assert added.code == 0, added.err
    if row.where == "report":
        caveats = json.loads(k2log("report", "--json").out)["caveats"]
        return " ".join(each["message"] for each in caveats)
    return " ".join((told.out if row.where == "told" else added.err).split())


def test_a_profile_that_changed_shows_all_its_notes_in_full(
    k2log: Callable[..., Result], set_now: Callable[[str], None]
) -> None:
    """They were in no report of the week before; a caution is never folded, a week later either."""
    for ago in (1, 8):
        k2log("add", "calcium 500mg", "--on", f"-{ago}")
    k2log("profile", "set", "--medicine", "HCTZ")

    assert PHARMACIST in k2log("report").out

    set_now("2026-11-29T12:00:00+01:00")
    k2log("add", "calcium 500mg")

    assert PHARMACIST in k2log("report").out
