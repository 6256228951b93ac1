"""Which language a job text is in, from the share of each language's commonest words.

The matching works on English. A text in another language is recognised by its script or by its small words, which
are among the commonest of any running text (the method of stop-word profiles; see Grefenstette 1995, "Comparing two
language identification schemes").
"""

import re
import unicodedata
from collections import Counter

_SMALL_WORDS = {
    "English": "the of and to in a is for with that on be as are by this will or you your from at have our we it an "
    "all their not who must may can other any which into they its",
    "German": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
    "er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum haben oder sowie unsere ihre wir",
    "French": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec "
    "ses aux d l vous nous notre votre ou être cette vos assurer",
    "Spanish": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha "
    "nuestro nuestra sobre entre",
    "Italian": "di e il la che in a per un del è una con le della si da i non dei al nel gli sono alla come più "
    "anche delle o nella",
    "Portuguese": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas ao das à seu sua "
    "ou pela pelo nos",
    "Dutch": "de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om dan ook "
    "naar door bij je jij wij onze uit wordt",
    "Swedish": "och i att det som en på är av för med den till inte om har de ett var vi du eller ska din vår samt",
    "Danish": "og i at det er en til på som af for den med der de ikke et har om du vi eller din vores skal samt",
    "Norwegian": "og i å det som en på er av for med til den ikke om har de et vi du eller din vår skal samt",
    "Finnish": "ja on ei se että oli hän tai sekä ovat kanssa mukaan myös joka sinun meillä työ voi kuin",
    "Polish": "w i na z do się że nie jest o to oraz dla od za po jak przez lub są ich przy pracy",
    "Czech": "a v se na je že o s z do i to k ve pro za by ale si po jako jsou nebo při práce",
    "Hungarian": "a az és hogy nem is egy ez vagy meg de van ha csak mint el már még kell valamint",
    "Romanian": "de și în a la cu pe care din nu pentru o un este sau mai prin se ale lui sunt",
    "Turkish": "ve bir bu için ile de da olarak olan çok daha veya gibi kadar en sonra",
    "Indonesian or Malay": "yang dan di untuk dengan dari ini pada dalam tidak adalah akan atau ke serta oleh",
    "Welsh": "yn y a i o yr ar ac am gyda ei eu gan wedi bydd hyn neu mae fydd",
}
_PROFILES = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_SCRIPTS = {
    "CYRILLIC": "a language in Cyrillic script",
    "GREEK": "Greek",
    "ARABIC": "a language in Arabic script",
    "HEBREW": "Hebrew",
    "CJK": "Chinese or Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "DEVANAGARI": "a language in Devanagari script",
    "THAI": "Thai",
}
_WORD = re.compile(r"[^\W\d_]+")
FEWEST_WORDS = 8


def foreign_language(text: str) -> str:
    """The name of the language of a text that is not in English; empty for English and where nothing can be told.

    A language other than English needs more of its small words than English has of its own, by a margin: lists of
    bare nouns stay undecided.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    script = _foreign_script(text)
    if script:
        return script
    if len(words) < FEWEST_WORDS:
        return ""
    return _by_small_words(words)


def _by_small_words(words: list[str]) -> str:
    counts = Counter(words)
    hits = {language: sum(counts[word] for word in profile) for language, profile in _PROFILES.items()}
    best = max(hits, key=lambda language: (hits[language], language))
    enough = hits[best] >= max(3, 0.1 * len(words))
    return best if best != "English" and enough and hits[best] > 1.5 * hits["English"] else ""


def _foreign_script(text: str) -> str:
    letters = [c for c in text[:20_000] if c.isalpha()]
    scripts = Counter(unicodedata.name(c, "").split(" ")[0].split("-")[0] for c in letters if c > "\u036f")
    if not scripts:
        return ""
    script, count = scripts.most_common(1)[0]
    accented = sum("\u00c0" <= c <= "\u00ff" for c in letters)
    if accented > 0.35 * len(letters):
        return "another language, in an encoding that cannot be told"
    return _SCRIPTS.get(script, "") if count > 0.3 * len(letters) else ""
