"""What companies publish."""

from archfolio import CompanyFact, CompanyGuide, Dimension, bibliography

COMPANY_GUIDE = CompanyGuide(
    title="Companies",
    companies=["Google"],
    dimensions=[
        Dimension(
            "Method",
            [
                CompanyFact(
                    "Google",
                    "Launch without machine learning first.",
                    "https://developers.google.com/machine-learning/guides/rules-of-ml",
                    ["system/serving"],
                )
            ],
        )
    ],
    read_on="28 November 2026",
    left_out="What nobody publishes.",
    sources=bibliography(
        """
        M. Zinkevich (Google), "Rules of Machine Learning", Google for Developers 2023
            https://developers.google.com/machine-learning/guides/rules-of-ml rule 1
        """
    ),
)
