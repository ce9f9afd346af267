"""What companies publish about their interviews, and about the systems that their questions are made of.

Companies say little about how they judge a design, and lists of their weights have no source. What can be known is what
they tell candidates, and what their engineers have published: an interviewer at a company knows its papers, and the
vocabulary of the follow-up questions is theirs. So each cell here has a source with its year, and leads to where our
drawings show the thing.
"""

from archfolio import CompanyFact, CompanyGuide, Dimension, bibliography

META_GUIDE = "https://www.scribd.com/document/807161958/Meta-Interview-Guide"
GOOGLE_GUIDE = "https://www.slideshare.net/interviewcoach/google-interview-prep-guide-software-engineer"
AMAZON_GUIDE = "https://amazon.jobs/content/en/how-we-hire/applied-scientist-interview-prep"
GOOGLE_RULES = "https://developers.google.com/machine-learning/guides/rules-of-ml"
TAIL = "https://doi.org/10.1145/2408776.2408794"

COMPANY_GUIDE = CompanyGuide(
    title="Meta, Google, Amazon",
    position=2,
    companies=["Meta", "Google", "Amazon"],
    read_on="28 November 2026",
    left_out="Not here, because nothing public says it: how a design is weighed, what is expected at which level, which question"
    " is asked how often, and how the loops of machine-learning roles differ from those of software engineers. The guides of"
    " Meta and Google are the companies' own texts, read in copies that others have put on the web; ask your recruiter for"
    " the current one.",
    dimensions=[
        Dimension(
            "What candidates are told",
            facts=[
                CompanyFact(
                    "Meta",
                    "Four to six conversations of about 45 minutes each: coding, design and behaviour. A few minutes at the end"
                    " are for your questions. Drawings are made in Excalidraw, so practise in it.",
                    META_GUIDE,
                ),
                CompanyFact(
                    "Google",
                    "Explain how you think and state your assumptions; many questions are left open on purpose, to see which"
                    " information you ask for.",
                    GOOGLE_GUIDE,
                ),
                CompanyFact(
                    "Amazon",
                    "One or two technical phone screens, then a loop; an outcome within five business days. Behaviour is asked"
                    " along the Leadership Principles.",
                    AMAZON_GUIDE,
                ),
            ],
        ),
        Dimension(
            "Recommendation and feed",
            facts=[
                CompanyFact(
                    "Meta",
                    "A feed is ranked in passes: candidates are gathered, scored lightly, scored by a multi-task model, then"
                    " balanced as a list.",
                    "https://engineering.fb.com/2021/01/26/ml-applications/news-feed-ranking/",
                    ["feed-ranking/serving", "feed-ranking/serving/Value model"],
                ),
                CompanyFact(
                    "Google",
                    "Two stages, candidates from millions of videos and then a ranker of hundreds, on expected watch time"
                    " rather than clicks.",
                    "https://doi.org/10.1145/2959100.2959190",
                    ["video-recommendation/serving", "video-recommendation/serving/Viewer tower"],
                ),
                CompanyFact(
                    "Amazon",
                    "A table from item to similar items, computed offline, so that the online work does not grow with the"
                    " catalogue.",
                    "https://doi.org/10.1109/MIC.2003.1167344",
                    ["recommendation-systems/serving/Item-to-item table"],
                ),
            ],
        ),
        Dimension(
            "Several goals at once",
            facts=[
                CompanyFact(
                    "Meta",
                    "Many predicted outcomes become one value by weights that surveys of what people find worth their time help"
                    " to set.",
                    "https://engineering.fb.com/2021/01/26/ml-applications/news-feed-ranking/",
                    ["feed-ranking/objectives", "feed-ranking/serving/Value model"],
                ),
                CompanyFact(
                    "Google",
                    "Gated mixtures of experts share what tasks have in common, and a shallow tower takes the position's share"
                    " of a click.",
                    "https://doi.org/10.1145/3298689.3346997",
                    ["recommendation-systems/model/Position tower", "video-recommendation/model"],
                ),
                CompanyFact(
                    "Amazon",
                    "One ranker for each product category, and a blend of their lists where a query could mean several.",
                    "https://doi.org/10.1145/2911451.2926725",
                    ["search-systems/serving/Blender"],
                ),
            ],
        ),
        Dimension(
            "Ads",
            facts=[
                CompanyFact(
                    "Meta",
                    "Negatives are sampled, and the score is put right for it; calibration and normalised entropy are what is"
                    " watched.",
                    "https://doi.org/10.1145/2648584.2648589",
                    ["ad-click-prediction/serving/Calibrator", "ad-click-prediction/training/Negative sampling"],
                ),
                CompanyFact(
                    "Google",
                    "Online learning on the stream, progressive validation before each row is trained on, and a calibration"
                    " layer of its own.",
                    "https://doi.org/10.1145/2487575.2488200",
                    ["ad-click-prediction/training/Online trainer", "ad-click-prediction/training/Offline gate"],
                ),
            ],
        ),
        Dimension(
            "Search",
            facts=[
                CompanyFact(
                    "Meta",
                    "Vectors are searched inside the engine that also holds the words, with hard negatives to train them.",
                    "https://arxiv.org/abs/2006.11632",
                    ["search-systems/serving/Hybrid shards"],
                ),
                CompanyFact(
                    "Google",
                    "What may not be predicted in the search box is written policy, with people and systems behind it.",
                    "https://www.blog.google/products/search/how-google-autocomplete-works-search",
                    ["autocomplete-typeahead/safety", "autocomplete-typeahead/serving/Policy filter"],
                ),
                CompanyFact(
                    "Amazon",
                    "Grades of exact, substitute, complement and irrelevant: a shop's relevance is not a library's.",
                    "https://arxiv.org/abs/2206.06588",
                    ["search-systems/training", "search-systems/serving/L2 cross-encoder"],
                ),
            ],
        ),
        Dimension(
            "Integrity",
            facts=[
                CompanyFact(
                    "Meta",
                    "Scores of many risk models are calibrated into one order for reviewers, whose time is what is scarce.",
                    "https://arxiv.org/abs/2211.06516",
                    [
                        "content-moderation/overview/Review queue",
                        "content-moderation/serving",
                        "feed-ranking/serving/Integrity cache",
                    ],
                )
            ],
        ),
        Dimension(
            "Forecasting",
            facts=[
                CompanyFact(
                    "Google",
                    "Static, past and known-future inputs in one network with quantile outputs that can be explained.",
                    "https://arxiv.org/abs/1912.09363",
                    ["time-series-forecasting/model"],
                ),
                CompanyFact(
                    "Amazon",
                    "One global model for all series and forecasts as distributions, on a platform that prepares, trains and"
                    " ensembles.",
                    "https://doi.org/10.14778/3137765.3137775",
                    ["time-series-forecasting/nightly", "time-series-forecasting/overview"],
                ),
            ],
        ),
        Dimension(
            "Infrastructure and method",
            facts=[
                CompanyFact(
                    "Meta",
                    "The social graph is read through one distributed store of objects and edges, with a cache in front.",
                    "https://www.usenix.org/conference/atc13/technical-sessions/presentation/bronson",
                    ["people-you-may-know/graph", "feed-ranking/inventory"],
                ),
                CompanyFact(
                    "Google",
                    "Do not be afraid to launch without machine learning; log features at serving time and train on the log;"
                    " the first pipeline matters more than the first model.",
                    GOOGLE_RULES,
                    ["recommendation-systems/serving/Serving log", "zero-to-millions"],
                ),
                CompanyFact(
                    "Amazon",
                    "Data is tested like code: constraints are declared, computed on each new partition, and can stop it.",
                    "https://doi.org/10.14778/3229863.3229867",
                    ["data-intensive-ai-platform/ingestion", "data-intensive-ai-platform/operations"],
                ),
            ],
        ),
        Dimension(
            "Late answers",
            facts=[
                CompanyFact(
                    "Google",
                    "Where a request touches many machines, the slow one is always among them: hedge, and answer in part.",
                    TAIL,
                    ["search-systems/serving/Search broker", "data-intensive-ai-platform/serving/Zone B shards"],
                )
            ],
        ),
    ],
    sources=bibliography(
        """
        Meta, "Software Engineer Full Loop Interview Guide", undated copy on Scribd, read in 2026
            https://www.scribd.com/document/807161958/Meta-Interview-Guide kinds, number and length of conversations
        Google, "Google Interview Prep Guide: Software Engineer", undated copy on SlideShare, read in 2026
            https://www.slideshare.net/interviewcoach/google-interview-prep-guide-software-engineer how to speak in an interview
        Amazon, "Applied Scientist interview prep", amazon.jobs, read in 2026
            https://amazon.jobs/content/en/how-we-hire/applied-scientist-interview-prep phone screens, loop, Leadership Principles
        A. Lada et al. (Meta), "How machine learning powers Facebook's News Feed ranking algorithm", Engineering at Meta 2021
            https://engineering.fb.com/2021/01/26/ml-applications/news-feed-ranking/ passes of a feed, and the value of an outcome
        P. Covington, J. Adams, E. Sargin (Google), "Deep Neural Networks for YouTube Recommendations", RecSys 2016
            https://doi.org/10.1145/2959100.2959190 two stages, expected watch time
        G. Linden, B. Smith, J. York (Amazon), "Amazon.com Recommendations: Item-to-Item Collaborative Filtering", IEEE Internet Computing 2003
            https://doi.org/10.1109/MIC.2003.1167344 the item-to-item table
        Z. Zhao et al. (Google), "Recommending What Video to Watch Next: A Multitask Ranking System", RecSys 2019
            https://doi.org/10.1145/3298689.3346997 mixture of experts, position tower
        D. Sorokina, E. Cantú-Paz (Amazon), "Amazon Search: The Joy of Ranking Products", SIGIR 2016
            https://doi.org/10.1145/2911451.2926725 rankers by category and their blending
        X. He et al. (Facebook), "Practical Lessons from Predicting Clicks on Ads at Facebook", ADKDD 2014
            https://doi.org/10.1145/2648584.2648589 negative sampling and its correction, normalised entropy
        H. B. McMahan et al. (Google), "Ad Click Prediction: a View from the Trenches", KDD 2013
            https://doi.org/10.1145/2487575.2488200 online learning, progressive validation, calibration
        J.-T. Huang et al. (Facebook), "Embedding-based Retrieval in Facebook Search", KDD 2020
            https://arxiv.org/abs/2006.11632 vectors inside an inverted-index engine
        D. Sullivan (Google), "How Google autocomplete works in Search", The Keyword 2018
            https://www.blog.google/products/search/how-google-autocomplete-works-search what may not be predicted
        C. Reddy et al. (Amazon), "Shopping Queries Dataset: A Large-Scale ESCI Benchmark", arXiv 2022
            https://arxiv.org/abs/2206.06588 four grades of relevance in a shop
        V. Avadhanula et al. (Meta), "Bandits for Online Calibration: An Application to Content Moderation on Social Media Platforms", arXiv 2022
            https://arxiv.org/abs/2211.06516 risk models in one calibrated order for review
        B. Lim, S. Arık, N. Loeff, T. Pfister (Google), "Temporal Fusion Transformers for Interpretable Multi-horizon Time Series Forecasting", International Journal of Forecasting 2021
            https://arxiv.org/abs/1912.09363 inputs of a forecast, quantile outputs
        J.-H. Böse et al. (Amazon), "Probabilistic Demand Forecasting at Scale", PVLDB 2017
            https://doi.org/10.14778/3137765.3137775 the platform
        N. Bronson et al. (Facebook), "TAO: Facebook's Distributed Data Store for the Social Graph", USENIX ATC 2013
            https://www.usenix.org/conference/atc13/technical-sessions/presentation/bronson the graph store
        M. Zinkevich (Google), "Rules of Machine Learning", Google for Developers 2023
            https://developers.google.com/machine-learning/guides/rules-of-ml rules 1, 4 and 29
        S. Schelter et al. (Amazon), "Automating Large-Scale Data Quality Verification", PVLDB 2018
            https://doi.org/10.14778/3229863.3229867 constraints on partitions
        J. Dean, L. A. Barroso (Google), "The Tail at Scale", Communications of the ACM 2013
            https://doi.org/10.1145/2408776.2408794 fan-out tails, hedged requests, partial answers
        """
    ),
)
