"""Problems, and the words for every one of them."""

from pathlib import Path

from minutes.messages import (
    ARCHIVE,
    DELIVERY,
    HANDWORK,
    IMPORTS,
    NEW,
    OUTPUTS,
    PUBLICATION,
)

PATH = Path("agendas/otop/2567-02.yaml")
NOT_OF_INPUT = {
    "D10",  # a file that vanishes between two looks
    *OUTPUTS,
    *ARCHIVE,
    *HANDWORK,
    *DELIVERY,
    *IMPORTS,
    *NEW,
    *(PUBLICATION.keys() - {"W33"}),
}
