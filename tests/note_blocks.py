"""Notes with marked blocks, and what is planned for them."""

from pathlib import Path

from note_builds import built

from archfolio.render.notes.plan_note import BlockOptions, Drawings, NotePlan, plan_note

MARKED = {
    ".md": ("<!-- {} -->", "<!-- archfolio:end -->"),
    ".html": ("<!-- {} -->", "<!-- archfolio:end -->"),
    ".org": ("# {}", "# archfolio:end"),
    ".tex": ("% {}", "% archfolio:end"),
    ".typ": ("// {}", "// archfolio:end"),
    ".rst": (".. {}", ".. archfolio:end"),
}
BUILT = built()


def shows(chosen, asked: BlockOptions, _: Path) -> str:
    """Stand in for the snippets: what is asked for, in words."""
    return f"{chosen.name} {asked.form} {asked.width}\n\nsecond line"


def drawings(write=shows, **moved: str) -> Drawings:
    return Drawings(BUILT, {f"shop/{old}": f"shop/{new}" for old, new in moved.items()}, write)


def planned(text: str | bytes, suffix: str = ".md", write=shows, *, force: bool = False, **moved: str) -> NotePlan:
    content = text.encode() if isinstance(text, str) else text
    return plan_note(Path(f"note{suffix}"), content, drawings(write, **moved), force=force)


def block(name: str = "shop/serving", suffix: str = ".md", body: str = "", indent: str = "") -> str:
    first, last = MARKED[suffix]
    return f"{indent}{first.format(f'archfolio:begin {name}')}\n{body}{indent}{last}\n"


def filled(text: str, suffix: str = ".md") -> str:
    return planned(text, suffix).after.decode()
