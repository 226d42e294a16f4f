"""Letters that nobody sees, and what is left of a text without them."""

import re

# What nobody sees and no page is given: Unicode's Default_Ignorable_Code_Point. It has no sign of
# its own and only tells how others look, as U+FE0F does.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
INVISIBLE = re.compile(f"[{IGNORABLE}]")
# But U+200D between two emoji makes one sign of them, a family of two parents and a child.
JOINER = "\u200d"
_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
NO_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f]){JOINER}|{JOINER}(?![{_EMOJI}])")


def without_invisible(text: str) -> str:
    """Drop what nobody sees; emoji that are one sign stay one."""
    if JOINER not in text:
        return INVISIBLE.sub("", text)
    kept = (INVISIBLE.sub("", part) for part in text.split(JOINER))
    return NO_JOINER.sub("", JOINER.join(kept))
