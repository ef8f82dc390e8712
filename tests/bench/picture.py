"""The picture for the README: each ratio beside its bar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from tests.bench.rows import Row

_WIDTH, _LINE, _LEFT, _SCALE = 760, 26, 330, 120
_FONT = 'font-family="sans-serif" font-size="13"'
_HEAD = "times a provider that does nothing; the line is the bar"
_GOOD, _BAD, _BAR = "#2e7d5b", "#b3541e", "#555555"


def picture(rows: Sequence[Row]) -> str:
    """An SVG with a line for each row that is a ratio."""
    ratios = [(row, float(match[1])) for row in rows if (match := _ratio(row.value))]
    height = _LINE * (len(ratios) + 1) + 12
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" {_FONT}>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="18" fill="{_BAR}">{_HEAD}</text>',
    ]
    for number, (row, ratio) in enumerate(ratios, 1):
        y = _LINE * number + 8
        bar = _ratio(row.bar)
        colour = _BAD if row.holds is False else _GOOD
        lines.append(f'<text x="8" y="{y + 14}">{escape(row.name)}</text>')
        lines.append(
            f'<rect x="{_LEFT}" y="{y + 2}" width="{ratio * _SCALE:.0f}" height="15" '
            f'fill="{colour}"/>'
        )
        if bar:
            x = _LEFT + float(bar[1]) * _SCALE
            lines.append(
                f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{y}" y2="{y + 19}" stroke="{_BAR}" '
                'stroke-width="2"/>'
            )
        right = _LEFT + max(ratio, float(bar[1]) if bar else 0.0) * _SCALE + 8
        lines.append(f'<text x="{right:.0f}" y="{y + 14}">{ratio:.2f}x</text>')
    return "\n".join((*lines, "</svg>", ""))


def _ratio(text: str) -> re.Match[str] | None:
    return re.match(r"([0-9.]+)x", text)
