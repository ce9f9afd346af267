from archfolio.gallery.export.mermaid import mermaid


def test_a_view_becomes_boxes_groups_and_arrows(movies):
    assert mermaid(movies.views[0]) == (
        "flowchart TB\n"
        '  n1["Viewers"]\n'
        '  n4["Serving log"]\n'
        '  subgraph c1["Online"]\n'
        '    n2["Ranker<br>GPU"]\n'
        '    n3["Feature cache"]\n'
        "  end\n"
        '  n1 -->|"34.7\u202fk/s"| n2\n'
        '  n2 -->|"multi-get"| n3\n'
        '  n2 -.->|"scores"| n4\n'
        "  classDef people stroke:#64748b,stroke-width:2px\n"
        "  class n1 people\n"
        "  classDef data stroke:#0d9488,stroke-width:2px\n"
        "  class n3,n4 data\n"
        "  classDef model stroke:#7c3aed,stroke-width:2px\n"
        "  class n2 model\n"
        "  linkStyle 0,1 stroke:#334155\n"
        "  linkStyle 2 stroke:#0f766e\n"
    )


def test_no_text_can_end_its_box(plain):
    text = mermaid(plain.views[0])
    labels = [line.split('"')[1] for line in text.splitlines() if '"' in line]
    assert all(line.count('"') in {0, 2} for line in text.splitlines())
    assert not [label for label in labels if set(label.replace("<br>", "")) & set("<>[]{}|`")]
