from __future__ import annotations

import pytest

from rolecall.normalise.body import Body
from rolecall.normalise.language import read_language

TEXTS = {
    "en": "We look for a cook who will work with our team and who is happy to bake bread for the people of this town. You "
    "have baked before, and you know that the best bread is made by hand.",
    "de": "Wir suchen für unsere Küche einen Koch oder eine Köchin, die mit uns das Brot für die Stadt backt. Du bist gern "
    "früh auf und hast Freude an der Arbeit mit den Händen, und du bist nicht allein.",
    "fr": "Nous cherchons pour notre cuisine une personne qui aime le pain et qui est prête à travailler avec les équipes "
    "dans la ville. Vous êtes du matin et vous aimez les gens, le four et la farine de nos champs.",
    "es": "Buscamos para nuestra cocina una persona que trabaje con el equipo y que tenga experiencia en los hornos. Se "
    "trabaja por las mañanas, con las manos y con más alegría que en otros lugares del mundo para el pueblo.",
    "pt": "Procuramos para a nossa cozinha uma pessoa que trabalhe com os colegas e que não tenha medo do forno. Você "
    "chega cedo, com os amigos, e faz o pão da cidade em uma casa que não dorme, mais uma vez com seu pão.",
    "sv": "Vi söker en kock som är med och bakar bröd för vår stad. Du är van att arbeta med händerna, och du är på plats "
    "tidigt. Hos oss får du din egen ugn, och vi är stolta över den som kommer till oss.",
    "pl": "Szukamy osoby, która jest gotowa do pracy w kuchni i nie boi się pieca. Będziesz pracować z zespołem, od rana, "
    "na rzecz miasta, i będziesz mieć swój piec oraz czas dla siebie, bo praca to nie wszystko, że tak powiem.",
    "af": "Ons soek 'n kok wat daarvan hou om brood vir die dorp te bak. Jy is vroeg op, en jy sal met jou hande werk en ook "
    "met hierdie oond van ons. Jy moet daarvan hou om met mense te werk, en jy het tyd vir jou eie brood.",
    "ru": "Мы ищем повара, который любит печь хлеб для нашего города. Вы рано встаёте, вы любите работать руками, и вам "
    "нравится, когда люди приходят к нам снова.",
    "uk": "Ми шукаємо кухаря, який любить пекти хліб для нашого міста. Ви рано встаєте, любите працювати руками, і вам "
    "подобається, коли люди приходять до нас знову.",
    "ja": "私たちの台所で一緒にパンを焼いてくれる人を探しています。朝が早い仕事ですが、手を使って働くのが好きな人には楽しい毎日です。ぜひ来てください。",
    "zh": "我们正在为厨房寻找一位面包师。你喜欢清晨，喜欢用双手工作，也喜欢和大家一起把面包做好。这里有自己的烤箱，也有充足的时间，欢迎你加入我们的团队。",
}

LATIN = (
    "Lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod tempor invidunt ut labore et "
    "dolore magna aliquyam erat, sed diam voluptua. At vero eos et accusam et justo duo dolores et ea rebum."
)


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_language_of_a_text(language: str) -> None:
    assert read_language(None, Body.of(TEXTS[language])) == language


def test_the_source_s_own_word_goes_first_and_is_mended() -> None:
    assert read_language("en_US", Body.of(TEXTS["de"])) == "en-US"
    assert read_language("PT", Body.of("")) == "pt"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A cook is wanted.",
        "Python Go Rust Java Kotlin Scala Ruby PHP Perl SQL " * 5,
        LATIN,
        f"{TEXTS['en']} {TEXTS['de']}",
        "Търсим готвач, който обича да работи с храна и хора. Имате опит в кухнята и обичате да учите.",  # Bulgarian
        "Тражимо кувара који воли да ради са људима. Имате искуство у кухињи и волите да учите.",  # Serbian
    ],
)
def test_what_is_not_sure_is_unknown(text: str) -> None:
    assert read_language(None, Body.of(text)) is None
