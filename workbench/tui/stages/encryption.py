"""Encrypt the study, change its passphrase or write it in the clear, from the history screen."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.tui.backing_up import with_new_form
from workbench.tui.dialogs import Choice, ChooseFrom
from workbench.tui.dialogs.passphrase import AskPassphrase

if TYPE_CHECKING:
    from workbench.study.keys import Key
    from workbench.tui.app import Workbench

_ENCRYPT, _CHANGE, _DECRYPT = "encrypt", "change", "decrypt"
_ATTEMPTS = 3
_KEYS = "enter accepts · esc leaves the study as it is"


async def manage_encryption(app: Workbench) -> None:
    """Ask what is to be done and for the passphrases; the study is closed, written anew and opened again."""
    from workbench.study.locked import is_encrypted
    from workbench.study.sqlcipher import refuse_without

    if not app.may_decide():
        return
    try:
        refuse_without()
    except WorkbenchError as error:
        app.say(str(error), alarm=True)
        return
    if is_encrypted(app.path):
        rows = [
            Choice(_CHANGE, "Another passphrase", "copies made elsewhere keep the former one"),
            Choice(_DECRYPT, "Write it in the clear", "whoever gets the file can then read it"),
        ]
        title = "The study and its backups are encrypted."
    else:
        rows = [Choice(_ENCRYPT, "Encrypt the study and its backups", "with a passphrase")]
        title = "Whoever gets the file can read the study."
    chosen = await app.ask(ChooseFrom(title, rows))
    if not chosen or (chosen[0] != _ENCRYPT and not await _knows_it(app)):
        return
    key = None if chosen[0] == _DECRYPT else await _new_key(app)
    if key is not None or chosen[0] == _DECRYPT:
        app.leave_for(lambda: with_new_form(app, key))


async def _knows_it(app: Workbench) -> bool:
    """Ask for the present passphrase: the terminal may stand open before somebody else."""
    from workbench.study.locked import is_passphrase_of

    told = f"To change how {app.path.name} is kept, type its present passphrase."
    for _ in range(_ATTEMPTS):
        passphrase = await app.ask(AskPassphrase(told, keys=_KEYS))
        if passphrase is None:
            return False
        if await asyncio.to_thread(is_passphrase_of, app.path, passphrase):
            return True
        told = f"That is not the passphrase of {app.path.name}."
    app.say(f"{told} It is kept as it was.", alarm=True)
    return False


async def _new_key(app: Workbench) -> Key | None:
    from workbench.study.keys import SHORTEST, refuse_weak
    from workbench.study.locked import key_made

    asked = (
        f"Choose a passphrase of at least {SHORTEST} characters. Nobody can recover it: whoever loses it has "
        "lost the study and its encrypted backups."
    )
    told = asked
    for _ in range(_ATTEMPTS):
        passphrase = await app.ask(AskPassphrase(told, keys=_KEYS))
        if passphrase is None:
            return None
        try:
            refuse_weak(passphrase)
        except WorkbenchError as error:
            told = f"{error.what} {error.do}"
            continue
        again = await app.ask(AskPassphrase("The same once more.", keys=_KEYS))
        if again is None:
            return None
        if again == passphrase:
            return await asyncio.to_thread(key_made, passphrase)
        told = f"The two are not the same. {asked}"
    app.say("No passphrase was chosen. The study is kept as it was.", alarm=True)
    return None
