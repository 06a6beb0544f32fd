"""Words that are no food, or another food elsewhere, log nothing wrong in any language setting."""

from collections.abc import Iterator, Sequence

import pytest

from k2log.config import LANGUAGES
from k2log.diary.understanding import Unasked, understand
from k2log.errors import K2logError
from k2log.food.chooser import Chooser
from k2log.store.diary import open_diary
from k2log.store.foods import RememberedFoods

SETTINGS = (None, *LANGUAGES)

NO_FOODS = """
have lord bear dough mace gift rock list art also fast hell kind tag wand bad not mist hut rat rot
stark hand arm bald brief chef fall hose igel kern lag mode nun rang see stern strand taste tot
war wind winter lover bureau car chat corps dame dent elle habit journal lame main mare monte
nappe notes ours peste pince pour rose rude sort store talon tape tire toile tour vent vase actual
arena bigote boda carpeta casa cometa embarazada exito fabrica idioma largo libro mesa once parada
quince red ropa saber tabla vela camera confetti cura dado estate fame fare gusto lira loro male
mano molto morbido nave notte parola pelle ponte tasto terra vale baard bank boom dag dier doos
fiets huis jas kaart kast knop lamp leer maan moord muur neus oor paard raam rok schaap slang slim
snoep spin staart stof straat taal touw trap tuin vak vlag vork weg wit zand zeep zus mind table
chair window paper glue soap brush keys phone happy running walking nothing everything stuff thing
kawa neko inu hana yama umi sora hoshi kasa kuruma densha hon tegami auto haus baum blume hund
katze maus stuhl tisch lampe buch schule arbeit liebe glück freude chien maison voiture arbre
fleur livre école travail amour bonheur perro gato coche árbol flor escuela trabajo amor banner
booth bride canal carry claim comet crane creep floor grace grant graph panic peace place plume
posta scene shirt solve stage story tempo topic toxic tribe rahmen nacht marche savon colpa grano
penna petto piazza piede rabbia 猫 学校
un une de een bol dekor schere bouton tartan cornet courgeois spritzen butte brat lebend
""".split()  # noqa: SIM905 - a list as it is read
"""From seven languages and from everyday English; many are one slip away from a food."""

FALSE_FRIENDS = {
    "pan": {"es": "White bread, sliced (Europe)"},
    "pain": {"fr": "White bread, sliced (Europe)"},
    "brood": {"nl": "White bread, sliced (Europe)"},
    "burro": {"it": "Butter, salted"},
    "sale": {"it": "Salt"},
    "more": {"it": "Blackberries"},
    "pere": {"it": "Pear"},
    "peer": {"nl": "Pear"},
    "kip": {"nl": "Chicken, meat and skin, roasted"},
    "room": {"nl": "Heavy cream"},
    "raisin": {"fr": "Grapes", "": "Raisins"},
    "prune": {"fr": "Plum", "": "Prunes"},
    "sake": {"": "Sake"},
    "cornetto": {"it": "Croissant", "": "Ice cream cone (Cornetto)"},
    "pastel": {"es": "Cake (kind not stated)"},
    "torta": {"it": "Cake (kind not stated)"},
    "bar": {"fr": "Sea bass, baked"},
}
"""What a word is in a language; "" stands for every other setting."""


@pytest.fixture
def foods(diary) -> Iterator[RememberedFoods]:
    """Look foods up for an empty diary."""
    with open_diary(diary, create=True) as opened:
        yield RememberedFoods(opened)


def logged(typed: Sequence[str], foods: RememberedFoods, language: str | None) -> str | None:
    """Return the food that a line logs where nobody can be asked, None if it is refused."""
    try:
        return understand(typed, Chooser(foods, Unasked(), language=language))[0].food.name
    except K2logError:
        return None


@pytest.mark.parametrize("language", SETTINGS)
def test_a_word_that_is_no_food_is_refused(foods, language):
    """In every language setting, as a food alone and with an amount."""
    assert len(NO_FOODS) >= 150
    guesses = {
        word: food
        for word in NO_FOODS
        for typed in ([word], [word, "50g"])
        if (food := logged(typed, foods, language))
    }

    assert guesses == {}


@pytest.mark.parametrize("language", SETTINGS)
@pytest.mark.parametrize("word", FALSE_FRIENDS)
def test_a_word_of_two_languages_is_what_the_setting_says(foods, word, language):
    """Only in its own language is it that food; elsewhere the English one, or refused."""
    meanings = FALSE_FRIENDS[word]

    assert logged([word], foods, language) == meanings.get(language or "", meanings.get(""))
