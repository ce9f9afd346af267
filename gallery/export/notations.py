"""How each kind of note writes a picture: from a `Picture` to text, everything escaped that the notation would read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery.export import escapes

if TYPE_CHECKING:
    from collections.abc import Callable

    from archfolio.gallery.export.snippet_options import SnippetPicture

_POINTS = 0.75  # in a CSS pixel


def _linked(picture: SnippetPicture, image: str) -> str:
    return f"[{image}]({_markdown_address(picture.page)})" if picture.page else image


def _markdown_address(target: str) -> str:
    return escapes.escape_address(target).replace("&", "&amp;").replace("*", "%2A")


def _with_caption(picture: SnippetPicture, text: str) -> str:
    return f"{text}\n\n*{escapes.escape_markdown(picture.caption)}*" if picture.captioned else text


def markdown(picture: SnippetPicture) -> str:
    """Write Markdown, which knows neither width nor pairs; HTML where one of them is asked for."""
    if picture.dark or picture.options.width:
        return _with_caption(picture, _html_image(picture))
    image = f"![{escapes.escape_markdown(picture.alt)}]({_markdown_address(picture.path)})"
    return _with_caption(picture, _linked(picture, image))


def gitlab(picture: SnippetPicture) -> str:
    """Write Markdown with the width as an attribute behind the picture."""
    image = f"![{escapes.escape_markdown(picture.alt)}]({_markdown_address(picture.path)}){{width={picture.width}}}"
    return _with_caption(picture, _linked(picture, image))


def obsidian(picture: SnippetPicture) -> str:
    """Write Markdown with the width in the alt text, where a bar would read as the width."""
    alt = escapes.escape_markdown(picture.alt.replace("|", "/"))
    image = f"![{alt}|{picture.width}]({_markdown_address(picture.path)})"
    return _with_caption(picture, _linked(picture, image))


def logseq(picture: SnippetPicture) -> str:
    """Write Markdown with the width in braces."""
    alt = escapes.escape_markdown(picture.alt)
    text = f"![{alt}]({_markdown_address(picture.path)}){{:width {picture.width}}}"
    if picture.page:  # behind it: a picture inside a link loses its width
        text += f"\n[{escapes.escape_markdown(picture.title)}]({_markdown_address(picture.page)})"
    return _with_caption(picture, text)


def mkdocs(picture: SnippetPicture) -> str:
    """Write Markdown for attr_list; a pair in the way of Material for MkDocs."""

    def image(path: str, only: str) -> str:
        alt = escapes.escape_markdown(picture.alt)
        return _linked(picture, f'![{alt}]({_markdown_address(path)}{only}){{ width="{picture.width}" }}')

    if not picture.dark:
        return _with_caption(picture, image(picture.path, ""))
    pair = f"{image(picture.path, '#only-light')}\n{image(picture.dark_path, '#only-dark')}"
    return _with_caption(picture, pair)


def quarto(picture: SnippetPicture) -> str:
    """Write a figure of Quarto, whose alt text is an attribute beside its caption."""

    def image(path: str) -> str:
        caption = escapes.escape_markdown(picture.caption) if picture.captioned else ""
        width, alt = f"width={picture.width}px", escapes.markdown_value(picture.alt)
        return _linked(picture, f"![{caption}]({_markdown_address(path)}){{{width} fig-alt={alt}}}")

    if not picture.dark:
        return image(picture.path)
    light, dark = image(picture.path), image(picture.dark_path)
    return f"::: {{.light-content}}\n{light}\n:::\n\n::: {{.dark-content}}\n{dark}\n:::"


def _html_image(picture: SnippetPicture, attributes: str = "") -> str:
    image = (
        f'<img src="{escapes.escape_html(escapes.escape_address(picture.path))}" width="{picture.width}"{attributes}'
        f' alt="{escapes.escape_html(picture.alt)}">'
    )
    if picture.dark:
        dark = escapes.escape_html(escapes.escape_address(picture.dark_path).replace(",", "%2C"))
        image = f'<picture><source media="(prefers-color-scheme: dark)" srcset="{dark}">{image}</picture>'
    return (
        f'<a href="{escapes.escape_html(escapes.escape_address(picture.page))}">{image}</a>' if picture.page else image
    )


def html(picture: SnippetPicture) -> str:
    """Write HTML that keeps its room while the picture loads."""
    image = _html_image(picture, f' height="{picture.height}" loading="lazy"')
    if not picture.captioned:
        return image
    return f"<figure>\n{image}\n<figcaption>{escapes.escape_html(picture.caption)}</figcaption>\n</figure>"


def rst(picture: SnippetPicture) -> str:
    """Write a directive of reStructuredText; a pair in the way of Furo and the PyData theme."""

    def figure(path: str, only: str) -> str:
        directive = "figure" if picture.captioned else "image"
        lines = [
            f".. {directive}:: {escapes.rst_path(path)}",
            f"   :width: {picture.width}px",
            f"   :alt: {picture.alt}",
        ]
        if picture.page:
            lines.append(f"   :target: {escapes.escape_address(picture.page)}")
        if only:
            lines.append(f"   :{'figclass' if picture.captioned else 'class'}: {only}")
        return "\n".join([*lines, "", f"   {escapes.escape_rst(picture.caption)}"] if picture.captioned else lines)

    return _both(picture, figure)


def myst(picture: SnippetPicture) -> str:
    """Write the same directive in Markdown."""

    def figure(path: str, only: str) -> str:
        directive = "figure" if picture.captioned else "image"
        lines = [
            f"```{{{directive}}} {escapes.rst_path(path)}",
            f":width: {picture.width}px",
            f":alt: {escapes.yaml(picture.alt)}",
        ]
        if picture.page:
            lines.append(f":target: {escapes.yaml(escapes.escape_address(picture.page))}")
        if only:
            lines.append(f":{'figclass' if picture.captioned else 'class'}: {only}")
        caption = ["", escapes.escape_markdown(picture.caption)] if picture.captioned else []
        return "\n".join([*lines, *caption, "```"])

    return _both(picture, figure)


def _both(picture: SnippetPicture, write: Callable[[str, str], str]) -> str:
    if not picture.dark:
        return write(picture.path, "")
    return f"{write(picture.path, 'only-light')}\n\n{write(picture.dark_path, 'only-dark')}"


def org(picture: SnippetPicture) -> str:
    """Write a link of Org with the attributes for the buffer, for HTML and for LaTeX."""
    path = picture.path.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    file = path if escapes.is_web(path) else f"file:{path}"
    link = f"[[{escapes.escape_address(picture.page)}][{file}]]" if picture.page else f"[[{file}]]"
    if picture.page and not escapes.is_web(picture.page):
        link = f"[[file:{escapes.escape_address(picture.page).replace('#', '::#')}][{file}]]"
    caption = [f"#+CAPTION: {escapes.escape_org(picture.caption)}"] if picture.captioned else []
    width, alt = f":width {picture.width}", escapes.org_value(picture.alt)
    return "\n".join(
        [
            *caption,
            f"#+ATTR_ORG: {width}",
            f"#+ATTR_HTML: {width}px :alt {alt}",
            r"#+ATTR_LATEX: :width \linewidth",
            link,
        ]
    )


def typst(picture: SnippetPicture) -> str:
    """Write a figure of Typst."""
    width = f"{picture.options.width * _POINTS:g}pt" if picture.options.width else "100%"
    image = f"image({escapes.escape_typst(picture.path)}, width: {width}, alt: {escapes.escape_typst(picture.alt)})"
    if picture.page:
        image = f"link({escapes.escape_typst(escapes.escape_address(picture.page))}, {image})"
    return f"#figure({image}, caption: {escapes.escape_typst(picture.caption)})" if picture.captioned else f"#{image}"


def latex(picture: SnippetPicture) -> str:
    """Write a figure of LaTeX; `alt` is a key of graphicx since 2021."""
    width = f"{picture.options.width * _POINTS:g}bp" if picture.options.width else r"\linewidth"
    alt = escapes.latex_spoken(picture.alt)
    image = rf"\includegraphics[width={width},alt={{{alt}}}]{{{escapes.latex_address(picture.path)}}}"
    if picture.page:
        image = rf"\href{{{escapes.latex_address(escapes.escape_address(picture.page))}}}{{{image}}}"
    if not picture.captioned:
        return image
    label = f"fig:{picture.system.slug}-{picture.view.slug}"
    lines = [r"\centering", image, rf"\caption{{{escapes.escape_latex(picture.caption)}}}", rf"\label{{{label}}}"]
    return "\n".join([r"\begin{figure}[htbp]", *(f"  {line}" for line in lines), r"\end{figure}"])


def confluence(picture: SnippetPicture) -> str:
    """Write Confluence's storage format: what its editor calls "source", and its interface takes."""
    path = picture.path
    name = path.rpartition("/")[2]
    where = f'<ri:url ri:value="{escapes.escape_html(escapes.escape_address(path))}"/>'
    if not escapes.is_web(path):
        where = f'<ri:attachment ri:filename="{escapes.escape_html(name)}"/>'
    image = f'<ac:image ac:width="{picture.width}" ac:alt="{escapes.escape_html(picture.alt)}">{where}</ac:image>'
    if picture.page:
        image = f'<a href="{escapes.escape_html(escapes.escape_address(picture.page))}">{image}</a>'
    caption = f"<p><em>{escapes.escape_html(picture.caption)}</em></p>" if picture.captioned else ""
    return f"<p>{image}</p>{caption}"


def notion(picture: SnippetPicture) -> str:
    """Write Markdown, which Notion embeds when it is pasted and the picture has an address; any other is uploaded."""
    return markdown(picture) if escapes.is_web(picture.path) else upload(picture)


def upload(picture: SnippetPicture) -> str:
    """Write which file to insert, and the texts to go with it."""
    lines = [picture.path, f"Alt text: {picture.alt}"]
    if picture.captioned:
        lines.append(f"Caption: {picture.caption}")
    if picture.page:
        lines.append(f"Link: {escapes.escape_address(picture.page)}")
    return "\n".join(lines)


def slack(picture: SnippetPicture) -> str:
    """Write the address, behind which Slack shows a picture; one without an address is uploaded."""
    if not escapes.is_web(picture.path):
        return upload(picture)
    text = picture.alt.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    link = f"<{escapes.escape_address(picture.page)}|{text.replace('|', '/')}>" if picture.page else text
    return f"{link}\n{escapes.escape_address(picture.path)}"
