"""Writes src/test/resources/io/tokenmeter/measured/count/tiktoken-vectors.txt: texts, in hex, and
their tokens by tiktoken in o200k, cl100k, p50k and r50k.

    pip install tiktoken==0.14.0
    python tiktoken-vectors.py DIRECTORY > tiktoken-vectors.txt

DIRECTORY holds the four *.tiktoken files; those in the jtokkit jar will do.
"""
import base64
import random
import sys

import tiktoken
import tiktoken_ext.openai_public as public

NAMES = ["o200k", "cl100k", "p50k", "r50k"]
PIECES = (
    " |  |   |\n|\r\n|\n\n|\t|a|B|The|word|don't|I'VE|'s|'S|'ll|'ſ|ſ|ſt|1|22|333|4444|!|?!|/|//|-|---|"
    "_|日|本語|は|カ|é|É|ñ|ǅ|ʰ|\u0301|\u0308|ا|می|٣|Ⅷ|½|К|р|한|글|ไ|ท|😀|👍🏽|\u200d|\u00a0|\u3000|\u2028|"
    "\u0085|\u000b|\u1680|...|<|endoftext|>|=|====|ABC|abC|'|''|`|\ufffd|\u0000|function|return|  \n  "
).split("|") + ["<|endoftext|>"]
# Letters, marks and numbers that came with Unicode 14, 15, 15.1 and 16.
NEWER = [
    0x061D, 0x0870, 0x0898, 0x0C5D, 0x1C89, 0x1C8A, 0x2C2F, 0xA7C0, 0xA7CB, 0xA7DA, 0x10570, 0x10597,
    0x10780, 0x105C0, 0x10D40, 0x10D4A, 0x10D50, 0x10D6F, 0x11240, 0x11380, 0x113B8, 0x116D0, 0x11F02,
    0x11F50, 0x12F90, 0x13460, 0x16100, 0x16D40, 0x16D70, 0x1AFF0, 0x1DF25, 0x1E030, 0x1E290, 0x1E2EC,
    0x1E4D0, 0x1E5D0, 0x1FAE0, 0x2A6DF, 0x2B739, 0x2EBF0, 0x31350,
]


def load(url, **_):
    with open(sys.argv[1] + "/" + url.rsplit("/", 1)[1], "rb") as lines:
        return {base64.b64decode(t): int(r) for t, r in (line.split() for line in lines if line.strip())}


def texts():
    for code_point in NEWER:
        c = chr(code_point)
        yield f"a{c}b {c}B1{c}{c}'s !{c}{c}x\n"
    chance = random.Random(20260101)
    for _ in range(400):
        yield "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 24)))
    for letters in (30, 120, 900):
        yield "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(letters))
    for run in " \t\n-=a/的":
        yield run * 300
    yield "a" + "\u0301" * 300


public.load_tiktoken_bpe = load
encodings = [tiktoken.Encoding(**getattr(public, name + "_base")()) for name in NAMES]
print("# tiktoken", tiktoken.__version__ + ":", *NAMES, "hex. Made by src/test/scripts/tiktoken-vectors.py.")
for text in texts():
    print(*(len(e.encode_ordinary(text)) for e in encodings), text.encode().hex())
