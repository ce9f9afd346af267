"""Protect the people in the data, the model as an asset, and everyone downstream from inputs that were made to harm.

A model memorises, answers strangers, loads files that may be programs, and lately reads instructions in whatever it is
shown. Access control on tables does not cover any of these: a row that nobody may read can come back as a completion.

Privacy is lost a little with each answer, so it must be counted like money. Erasure has to reach every copy, and a
trained model is one. Against inputs that are written to mislead there is no filter that always holds, which leaves the
old rule: assume that the model was fooled, and make sure that it may do little.
"""

from diagrams import Cluster
from diagrams.aws.storage import S3
from diagrams.generic.storage import Storage
from diagrams.onprem.analytics import Flink, Spark
from diagrams.onprem.client import User, Users
from diagrams.onprem.container import Gvisor
from diagrams.onprem.database import Clickhouse, Postgresql
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.network import Envoy, Internet, Kong
from diagrams.onprem.queue import Kafka
from diagrams.onprem.registry import Harbor
from diagrams.onprem.security import Trivy, Vault
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import MultipleDocuments
from diagrams.programming.framework import FastAPI
from diagrams.programming.language import Go, Python

from archfolio import (
    AntiPattern,
    Assembler,
    BuildingBlock,
    Calculator,
    Chart,
    DecisionTable,
    Encoder,
    Estimate,
    FeatureStore,
    FollowUp,
    Guard,
    MathFormula,
    ModelPool,
    ModelServer,
    Monitor,
    Option,
    Planner,
    Simulator,
    Term,
    Trainer,
    UsedBy,
    VectorIndex,
    assume,
    batch,
    bibliography,
    cite,
    control,
    derive,
    feedback,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    epsilon=assume("ε of one query", 0.1, note="pure differential privacy, Laplace noise"),
    queries=assume("Queries on the same people", 200),
    delta=assume("δ allowed in all", 1e-6, note="well below one over the number of people"),
    basic=derive("ε in all, basic composition", "queries * epsilon"),
    advanced=derive(
        "ε in all, advanced composition",
        "epsilon * sqrt(2 * queries * log(1 / delta)) + queries * epsilon * (exp(epsilon) - 1)",
    ),
    rho=derive("ρ in all, concentrated", "queries * epsilon ** 2 / 2", note="ε-private implies ε²/2-zCDP"),
    concentrated=derive("ε in all, by way of ρ", "rho + 2 * sqrt(rho * log(1 / delta))"),
    worth=derive(
        "Queries from which advanced composition is the smaller", "2 * log(1 / delta) / (2 - exp(epsilon)) ** 2"
    ),
    allowed=assume("Budget ε", 4, note="for a year, per person; a choice of policy, not of mathematics"),
    allowed_queries=derive("Queries that the budget allows, basic composition", "allowed / epsilon"),
    guess=derive(
        "Right guesses at the budget whether a person is in the data, of guesses, at most",
        "exp(allowed) / (1 + exp(allowed))",
        "percent",
        note="for an attacker who starts at even odds",
    ),
    count=assume("True count of a query", 2_000),
    noise=derive(
        "Standard deviation of the noise on a count",
        "sqrt(2) / epsilon",
        note="Laplace of scale 1/ε; one person changes a count by 1",
    ),
    error=derive("Noise, of the count", "noise / count", "percent"),
    tables_purge=assume("Lake tables rewritten every", 2, "day"),
    log_life=assume("Event log kept for", 14, "day"),
    feature_life=assume("Features live for", 1, "day"),
    index_cycle=assume("Vector index rebuilt every", 7, "day"),
    snapshot_cycle=assume("Training sets rebuilt every", 7, "day"),
    retrain_cycle=assume("Models retrained from scratch every", 14, "day"),
    model_kept=assume("Previous versions kept for rollback", 14, "day"),
    backup_life=assume("Backups kept for", 35, "day"),
    live_gone=derive("Gone from what serves", "max(tables_purge, feature_life, index_cycle)", "day"),
    model_gone=derive("Gone from every model", "snapshot_cycle + retrain_cycle + model_kept", "day"),
    all_gone=derive(
        "Gone from the last copy, without shredding keys", "max(live_gone, log_life, model_gone, backup_life)", "day"
    ),
    legal=cite(
        "Time to act on a request",
        30,
        "day",
        source="GDPR, article 12(3)",
        note="one month, longer only if complex and explained",
    ),
    late=derive("Beyond that time", "max(all_gone - legal, 0 * legal)", "day"),
)

BLOCK = BuildingBlock(
    title="Security and privacy",
    position=8,
    estimate=ESTIMATE,
    terms=[
        Term(
            "Differential privacy",
            "A promise about a procedure: its result is nearly as likely whether or not any one person's data was in it.",
            MathFormula(
                "(ε, δ)-differential privacy",
                r"\Pr[M(D) \in S] \le e^{\varepsilon} \Pr[M(D') \in S] + \delta",
                "For all D and D' that differ in one person and all sets S of results. At ε = {allowed} an attacker at even odds ends up right in at most {guess} of guesses: it is a bound, and a weak one for large ε.",
            ),
        ),
        Term(
            "Composition",
            "Privacy loss adds up over answers about the same people, whoever asked and however the answers were used.",
            MathFormula(
                "Advanced composition",
                r"\varepsilon' = \varepsilon \sqrt{2 k \ln(1 / \delta')} + k \varepsilon \left(e^{\varepsilon} - 1\right)",
                "k answers of ε each, at a further δ'. It beats the plain sum kε after {worth:n} answers of ε = {epsilon}.",
            ),
        ),
        Term(
            "DP-SGD",
            "Training in which each example's gradient is clipped and noise is added to the sum, so that no single example moves the model by much.",
            MathFormula(
                "A step of DP-SGD",
                r"\tilde{g} = \frac{1}{B} \left( \sum_{i} g_i \cdot \min\left(1, \frac{C}{\lVert g_i \rVert_2}\right) + \mathcal{N}\left(0, \sigma^2 C^2 I\right) \right)",
                "C is the clipping norm, σ the noise multiplier, B the batch size. An accountant turns σ, the sampling rate and the number of steps into ε.",
            ),
        ),
        Term(
            "Membership inference",
            "Telling from a model's answers whether a record was in its training set. The measure that matters is the true-positive rate at a false-positive rate of 0.1 % or less, since an average hides the few who are exposed.",
        ),
        Term(
            "Model extraction",
            "Copying a model by asking it: with exact confidences a logistic regression over d features is solved from d + 1 answers; large models are imitated by training on theirs.",
            MathFormula(
                "Equation solving",
                r"\ln \frac{f(x)}{1 - f(x)} = w^{\top} x + b",
                "Each answer f(x) is one linear equation in the d + 1 unknowns w and b. Rounded scores, or labels alone, make it more expensive, not impossible.",
            ),
        ),
        Term(
            "Poisoning and backdoors",
            "Training data planted by an attacker to make a model worse, or to make it wrong only on inputs that carry a trigger, which no average metric shows.",
        ),
        Term(
            "Evasion",
            "An input changed just enough to be misread: perturbed pixels, misspelt abuse, a fraudster's purchase that looks like everyone's.",
            MathFormula(
                "Adversarial example",
                r"x' = x + \arg\max_{\lVert \eta \rVert \le r} \mathcal{L}\left(f(x + \eta), y\right)",
                "r bounds the change; in text and fraud the bound is what still works for the attacker, not a norm.",
            ),
        ),
        Term(
            "Indirect prompt injection",
            "Instructions hidden in a page, a mail or a tool's answer, which a language model follows because it cannot tell data from orders.",
        ),
        Term(
            "Crypto-shredding",
            "Erasing by destroying a key: what was encrypted for one person cannot be read any more, in backups and logs too.",
        ),
        Term(
            "Policy decision and enforcement",
            "One place decides from identity, purpose and context, and every door enforces it for each request; being on the right network counts for nothing.",
        ),
    ],
    calculators=[
        Calculator(
            "Privacy budget",
            "What do many noisy answers give away, and what does the noise cost?",
            ["basic", "advanced", "concentrated", "worth", "allowed_queries", "guess", "noise", "error"],
            "Use the smallest of the three totals: each is a valid bound. The budget belongs to the people and not to the analyst: two teams that ask about the same people share it. An ε of 8 and more promises little by itself; published systems use it because attacks in practice do far worse than the bound, which is an argument and not a proof.",
        ),
        Calculator(
            "How long a person stays",
            "When is an erased person gone from what serves, from the models, and from the last copy?",
            ["live_gone", "model_gone", "all_gone", "late"],
            "For models the waits add up: the next clean snapshot, the next training from scratch, and the last version kept for rollback. If something is late, destroying the person's key helps wherever data is encrypted with it, and a shorter rollback window helps for models; fine-tuning an old model does not, since it keeps what it memorised. Whether a model itself is personal data depends on what can be extracted from it: ask counsel, and bring measurements.",
        ),
    ],
    tables=[
        DecisionTable(
            "Which control against which threat",
            ["Threat: who can do it", "Seen by", "OWASP LLM 2026, MITRE ATLAS"],
            [
                Option(
                    "Provenance, limits per source, agreement of labellers",
                    [
                        "Poisoning: anybody who can write to a source or to labels",
                        "Quality on a trusted set; near-duplicates; influence of one source",
                        "LLM05, AML.T0020",
                    ],
                    "Data comes from users, the web or outside annotators",
                ),
                Option(
                    "Detectors, step-up and change of features",
                    [
                        "Evasion: anybody who sees decisions",
                        "Fall in precision on reviewed samples; clusters of near misses",
                        "AML.T0043",
                    ],
                    "Fooling the model pays: fraud, spam, moderation",
                ),
                Option(
                    "Quotas, rounded scores, watermark of answers",
                    [
                        "Extraction: any customer, many accounts",
                        "Coverage of input space and volume per customer",
                        "LLM06, AML.T0024",
                    ],
                    "The model is what others would pay for",
                ),
                Option(
                    "DP training, deduplication, no raw confidences",
                    [
                        "Membership and inversion: anybody with answers",
                        "Attack suite: true positives at 0.1 % false positives; planted canaries",
                        "LLM02, AML.T0024",
                    ],
                    "Being in the data is itself sensitive, or rows are rare",
                ),
                Option(
                    "Least rights for the model, approval, egress allow-list",
                    [
                        "Prompt injection: whoever writes what the model reads",
                        "Attack suite in each release; refused calls by tool",
                        "LLM01, LLM03, AML.T0051",
                    ],
                    "A model reads others' text and has tools",
                ),
                Option(
                    "Tensor-only formats, signatures, scans, pinned mirrors",
                    [
                        "Supply chain: whoever publishes weights, packages, images",
                        "Scan at entry, signature check at load",
                        "LLM04, AML.T0010",
                    ],
                    "Always: everybody downloads something",
                ),
                Option(
                    "Token and cost limits, deadlines",
                    ["Unbounded consumption: any caller", "Cost per customer and hour", "LLM06, AML.T0029"],
                    "Answers cost money or GPUs",
                ),
            ],
        ),
        DecisionTable(
            "How to protect people in training data",
            ["Promise", "Price", "Does not help against"],
            [
                Option(
                    "Minimise and aggregate",
                    ["What is not there cannot leak", "Features that need detail", "Rare combinations"],
                    "Always first",
                ),
                Option(
                    "Pseudonyms and access control",
                    [
                        "Insiders see no names",
                        "Keys, joins through a service",
                        "Linking with other data; what the model repeats",
                    ],
                    "Data stays inside and purposes are few; it is still personal data",
                ),
                Option(
                    "Differentially private training",
                    [
                        "A bound for every person, whatever the attacker knows",
                        "Accuracy, most for small groups; compute for per-example gradients",
                        "Facts that many rows share",
                    ],
                    "The model or its answers leave the trust boundary",
                ),
                Option(
                    "Federated learning",
                    [
                        "Raw rows stay on the device",
                        "Debugging, skewed clients, rounds of communication",
                        "Leaks through updates: needs secure aggregation and noise",
                    ],
                    "Data may not be moved",
                ),
                Option(
                    "Synthetic data",
                    ["Nothing by itself", "A model to make it, and its errors", "A generator that memorised"],
                    "For tests and demos; for release only if the generator was trained with DP",
                ),
            ],
        ),
        DecisionTable(
            "Controls, and what proves them",
            ["Obligation", "Evidence", "Owner"],
            [
                Option(
                    "Purpose on every dataset, checked at read",
                    ["GDPR 5(1)(b), purpose limitation", "Policy as code; decision log of reads", "Data platform"],
                    "Personal data is used for more than one thing",
                ),
                Option(
                    "Erasure workflow with a residue probe",
                    [
                        "GDPR 17, erasure; 12(3), one month",
                        "Ledger of requests: each copy, time, probe result",
                        "Privacy engineering",
                    ],
                    "Personal data is kept at all",
                ),
                Option(
                    "Human review on request",
                    [
                        "GDPR 22, decisions by machine alone with legal or similar effect",
                        "Appeals with time, reviewer and outcome",
                        "Product owner",
                    ],
                    "Credit, work, insurance, benefits, access",
                ),
                Option(
                    "Impact assessment before launch",
                    [
                        "GDPR 35, high risk to people",
                        "Signed assessment linked from the model registry",
                        "Product owner, privacy officer",
                    ],
                    "Profiling at scale, sensitive data, public spaces",
                ),
                Option(
                    "Access per request, short-lived credentials",
                    ["GDPR 32, security; NIST SP 800-207", "Decision log; no key older than a day", "Security"],
                    "People and services reach data or models",
                ),
                Option(
                    "Incident drill with notification",
                    ["GDPR 33, 72 hours to the authority", "Drill report with times", "Security, privacy officer"],
                    "Personal data can leak, from a model too",
                ),
                Option(
                    "Adversarial tests in the release gate",
                    [
                        "AI Act 15(5), robustness against attacks, for high-risk systems",
                        "Test report for each version",
                        "Model owner",
                    ],
                    "The system is high-risk, or has tools",
                ),
            ],
        ),
        DecisionTable(
            "A file of weights",
            ["Can it run code when loaded?", "Loads"],
            [
                Option(
                    "Pickle",
                    ["Yes: unpickling is running a program", "Anything"],
                    "Never from outside; since version 2.6 torch.load refuses arbitrary objects unless told otherwise",
                ),
                Option(
                    "safetensors",
                    ["No: a header and raw tensors", "Tensors, mapped from disk"],
                    "The default for weights",
                ),
                Option(
                    "ONNX",
                    ["Not by itself; custom operators do", "A graph and tensors"],
                    "The graph must travel with the weights; allow-list operators",
                ),
                Option(
                    "Container image",
                    ["Yes, and that is its purpose", "Everything"],
                    "Signed, scanned, built from pinned layers by your own pipeline",
                ),
            ],
        ),
    ],
    checklist=[
        "Every column of personal data has a class, a purpose, a retention time and an owner; a new column without them fails in the schema check.",
        "An erasure request is answered within {legal}: a planted test person is erased every week and searched for in all nine copies.",
        "The nine copies have a named deletion path: tables, event log, features, caches, vector index, training sets, models, backups, processors.",
        "Each release runs membership inference and canary extraction; the true-positive rate at 0.1 % false positives is on the model card.",
        "Noisy statistics are answered by one gateway that keeps the budget per person, and refuses when it is spent.",
        "Model files are tensor-only and signed; a server refuses an unsigned one, shown by a test in the pipeline.",
        "Training runs without outbound network and with pinned packages from a mirror.",
        "A model's tools run with the rights of the user who asked, never with those of the service.",
        "Tool calls that send, pay or delete need a confirmation that names the effect in the application's words, not the model's.",
        "Outbound traffic of tool sandboxes goes through an allow-list; images and links in answers cannot carry data out.",
        "Quotas count per customer and per payment method, and the coverage of input space is watched.",
        "No service has a credential that outlives a day; reads of training data appear in the audit log with purpose.",
    ],
    anti_patterns=[
        AntiPattern(
            "The filter as the wall",
            "A classifier for prompt injection stops 99 % of a test set, and the tools behind it can do anything: the attacker needs the one percent.",
            "Limit what a fooled model can do: the user's rights, approval, egress; keep the filter as a sensor.",
            "prompt-injection/Tool broker",
        ),
        AntiPattern(
            "Deleted from the table",
            "A month later the person is back in a feature, an index and a completion.",
            "A workflow over all copies, with a probe that searches for a planted person.",
            "erasure/Residue probe",
        ),
        AntiPattern(
            "A budget per analyst",
            "Each team spends its own ε on the same people, and the sum is never computed.",
            "One gateway and one ledger per population.",
            "personal-data/DP gateway",
        ),
        AntiPattern(
            "Weights from anywhere",
            "A notebook loads a pickle from a public hub, on a machine with production credentials.",
            "Mirror, scan, convert to tensors, sign; load only what is signed.",
            "model-supply/Signature check",
        ),
        AntiPattern(
            "Anonymised by dropping names",
            "Rows keep birth date, postcode and a year of places: one person each.",
            "Treat it as personal data; aggregate, or add noise with a budget.",
            "personal-data/Tokeniser",
        ),
    ],
    questions=[
        FollowUp(
            "mid",
            "A user asks to be deleted. What has to happen to the model?",
            answer="I delete the rows, features, vectors and cache entries first: {live_gone} for what serves. The training set is rebuilt without the person, and the next training starts from scratch, because fine-tuning the old weights keeps what they memorised. With the versions kept for rollback the person is gone from every model after {model_gone}. In between I can argue with measurements: canaries and membership inference show whether this model gives rows away at all.",
            weak="Nothing, the model only has weights and no personal data.",
            where="erasure/Released models",
        ),
        FollowUp(
            "mid",
            "Your assistant reads mail and can send mail. What is the first thing you do?",
            answer="I assume that some mail contains instructions and that the model will follow them. So reading untrusted text and sending to new addresses must never be combined without a person in between: the tool broker checks each call against the user's rights, sending needs a confirmation that the application words itself, recipients outside the thread are refused, and the sandbox has no other way out, links and images included. Then I add the classifier, as a sensor.",
            weak="I tell the model in the system prompt to ignore instructions in mails.",
            where="prompt-injection/Tool broker",
        ),
        FollowUp(
            "senior",
            "What does ε = {allowed} mean, in a sentence for the board?",
            answer="It caps how sure anyone can become that a given person took part, whatever they knew before: from even odds to at most {guess}. At this value that is a weak promise, so we also report what the best known attacks achieve. It covers the sum of all releases about these people, which is why {queries:n} answers of {epsilon} each cost {concentrated} and exceed the budget. And it does not protect facts that hold for everybody, such as that smoking harms.",
            weak="It means that the data is 96 % anonymous.",
            where="personal-data/Privacy ledger",
        ),
        FollowUp(
            "senior",
            "How would you notice that a competitor is copying your model through the API?",
            answer="Extraction needs many answers spread over input space, so I watch per customer and per payment method: volume against their product's use, coverage of the embedding space against that of honest customers, sequences near decision borders, and the same queries over new accounts. Responses are rounded scores or labels, quotas grow with trust, and a share of answers carries a watermark that a copy would inherit. I respond by slowing down and asking, since some are just large customers.",
            weak="Rate limiting prevents extraction.",
            where="model-supply/Abuse detector",
        ),
        FollowUp(
            "staff",
            "Would you train the next ranking model with differential privacy?",
            answer="Not by default. DP-SGD costs accuracy, most for small groups, so it can trade privacy against fairness, and it needs per-example gradients. I ask what leaves the boundary: a ranking of public items leaks little, a keyboard model or a text generator leaks a lot. I would measure membership inference at low false-positive rates and plant canaries; deduplicate, cap rows per person and drop identifiers first. If the exposure stays, or the model ships to devices, I use it for the embedding of rare ids and report ε.",
            weak="Yes, privacy should always have priority.",
            where="personal-data/Private training",
        ),
    ],
    charts=[
        Chart(
            "charts/privacy_budget.svg",
            "Privacy loss adds up",
            "Total ε of up to 400 queries of ε = 0.1 each on the same people, by three rules, all valid bounds. The plain sum is best for a few dozen queries; after that better accounting buys about three times as many for a total of 12.",
            "The basic sum rises straight to 40 at 400 queries; advanced composition reaches about 15 and concentrated composition about 13.",
            "charts/privacy_budget.py",
        )
    ],
    used_by=[
        UsedBy("chatbot-llm-system/serving/Access service", "Filters passages by the rights of the user who asks."),
        UsedBy("chatbot-llm-system/serving/Tool sandbox", "Typed calls with the user's rights; writes need consent."),
        UsedBy(
            "chatbot-llm-system/operations/Leak probes",
            "Probe users ask every minute for documents that they may no longer read.",
        ),
        UsedBy("fraud-detection/serving/Token vault", "Card numbers never reach features or models."),
        UsedBy(
            "video-anomaly-detection/training/Redaction", "Faces and plates are blurred before a person labels a clip."
        ),
        UsedBy("people-you-may-know/operations/Privacy store", "Blocks and contact rights hold before any ranking."),
        UsedBy(
            "multi-model-serving/training/Artifact scan", "Tenants' artifacts are scanned before they are registered."
        ),
    ],
    sources=bibliography("""
        A. Vassilev, A. Oprea, A. Fordyce, H. Anderson, X. Davies, M. Hamin (NIST), "Adversarial Machine Learning: A Taxonomy and Terminology of Attacks and Mitigations", NIST AI 100-2e2025 2025
            https://doi.org/10.6028/NIST.AI.100-2e2025 names of attacks: evasion, poisoning, privacy, misuse; limits of mitigations
        OWASP GenAI Security Project, "OWASP Top 10 for LLM Applications 2026", OWASP 2026
            https://genai.owasp.org/resource/owasp-genai-llm-top-10-2026/ the numbers LLM01 to LLM06 in the table of threats
        MITRE, "ATLAS: Adversarial Threat Landscape for Artificial-Intelligence Systems", MITRE 2026
            https://atlas.mitre.org/ the technique numbers in the table of threats
        C. Dwork, A. Roth, "The Algorithmic Foundations of Differential Privacy", Foundations and Trends in Theoretical Computer Science 2014
            https://doi.org/10.1561/0400000042 the definition, Laplace noise, basic and advanced composition (theorem 3.20)
        M. Bun, T. Steinke, "Concentrated Differential Privacy: Simplifications, Extensions, and Lower Bounds", TCC 2016
            https://arxiv.org/abs/1605.02065 ε-private implies ε²/2-zCDP, and the way back
        M. Abadi et al. (Google), "Deep Learning with Differential Privacy", ACM CCS 2016
            https://arxiv.org/abs/1607.00133 DP-SGD: clipping, noise and an accountant
        F. Tramèr, F. Zhang, A. Juels, M. Reiter, T. Ristenpart, "Stealing Machine Learning Models via Prediction APIs", USENIX Security 2016
            https://arxiv.org/abs/1609.02943 extraction by solving equations, from d + 1 answers
        N. Carlini et al., "Membership Inference Attacks From First Principles", IEEE Symposium on Security and Privacy 2022
            https://arxiv.org/abs/2112.03570 why the true-positive rate at low false-positive rates is the measure
        N. Carlini et al., "Extracting Training Data from Large Language Models", USENIX Security 2021
            https://arxiv.org/abs/2012.07805 memorised rows that come back as text
        E. Debenedetti et al., "Defeating Prompt Injections by Design", arXiv 2025
            https://arxiv.org/abs/2503.18813 control flow from the user only, data from others without rights
        European Union, "Regulation (EU) 2016/679 (General Data Protection Regulation)", Official Journal 2016
            https://eur-lex.europa.eu/eli/reg/2016/679/oj articles 5, 12, 17, 22, 32, 33 and 35
        European Union, "Regulation (EU) 2024/1689 (Artificial Intelligence Act)", Official Journal of the EU 2024
            https://eur-lex.europa.eu/eli/reg/2024/1689/oj article 15(5), robustness of high-risk systems against attacks
        S. Rose, O. Borchert, S. Mitchell, S. Connelly (NIST), "Zero Trust Architecture", NIST SP 800-207 2020
            https://doi.org/10.6028/NIST.SP.800-207 a decision for each request, whatever the network
        Hugging Face, "Pickle scanning", Hugging Face Hub documentation 2026
            https://huggingface.co/docs/hub/security-pickle why loading a pickle runs code, and safetensors as the answer
    """),
)


@view("Personal data")
def personal_data() -> None:
    """Data is classified at the door, used for stated purposes only, and given out with noise that is accounted for."""
    with Cluster("Ingest"):
        people = Users("People", tooltip="Consent to purposes, and may withdraw")
        collector = Go("Collector", tooltip="Attaches purpose and consent to every record; drops what has neither")
        classifier = Encoder(
            "PII classifier", tooltip="Columns and free text; what it is unsure of is treated as personal"
        )
        tokeniser = Vault("Tokeniser", tooltip="Identifiers become tokens under a key per person; kept apart from data")
    with Cluster("Govern"):
        tables = S3("Governed tables", tooltip="Row and column policies, retention by class")
        policy = Guard("Policy engine", tooltip="Who, for which purpose, from which workload, now? Decides each read")
        audit = Clickhouse("Audit log", tooltip="Append-only: reader, purpose, rows, decision")
        officer = User("Privacy officer", tooltip="Approves purposes and budgets, reviews refusals and odd reads")
    with Cluster("Use"):
        features = Spark("Feature jobs\nSpark", tooltip="Read under one purpose; names never reach a feature")
        training = Trainer("Private training", tooltip="Clipped, noised gradients where membership is sensitive")
        gateway = Guard("DP gateway", tooltip="Adds noise, charges the budget, refuses when it is spent")
        ledger = Postgresql("Privacy ledger", tooltip="ε per person and year: {allowed}, whoever asks")
        analysts = Users("Analysts", tooltip="See aggregates; a row only with a reason and a witness")

    people >> request("data, consent") >> collector >> stream("tagged records") >> classifier
    classifier >> stream("identifiers") >> tokeniser >> stream("tokens") >> tables
    classifier >> stream("other columns") >> tables
    features >> request("purpose") >> policy
    gateway >> request("purpose") >> policy
    policy >> request("filtered read") >> tables
    policy >> stream("decisions") >> audit >> batch("odd reads") >> officer >> control("purposes, budgets") >> policy
    features >> batch("rows without names") >> training
    analysts >> request("statistic") >> gateway >> request("charge ε") >> ledger
    training >> request("charge ε") >> ledger


@view("Erasure")
def erasure() -> None:
    """An erasure reaches nine copies, each in its own way and time, and is believed only when a probe finds nothing."""
    with Cluster("Request"):
        person = User("Person", tooltip="Asks, and gets an answer within {legal}")
        portal = FastAPI("Rights portal", tooltip="Proves identity; shows the state of a request")
        workflow = Airflow(
            "Erasure workflow", tooltip="One task a copy, retried until done; alarms before the deadline"
        )
        ledger = Postgresql(
            "Erasure ledger", tooltip="Request, copies, times; keeps a hash of the id so that restores delete again"
        )
        probe = Monitor("Residue probe", tooltip="Erases a planted person weekly and searches for them everywhere")
    with Cluster("Copies that serve") as live:
        tables = S3("Lake tables", tooltip="Rows deleted, files rewritten within {tables_purge}")
        features = FeatureStore("Features, caches", tooltip="Keys deleted; the rest expires within {feature_life}")
        index = VectorIndex("Vector index", tooltip="Tombstone at once, rebuilt within {index_cycle}")
        processors = Internet("Processors", tooltip="Told by contract, and answer with a receipt")
    with Cluster("Copies that last") as lasting:
        log = Kafka("Event log\nKafka", tooltip="Encrypted per person; segments expire after {log_life}")
        snapshots = S3("Training snapshots", tooltip="Rebuilt without the person within {snapshot_cycle}")
        models = Mlflow(
            "Released models",
            tooltip="Trained from scratch every {retrain_cycle}; older versions go {model_kept} later",
        )
        keys = Vault("Person's key", tooltip="Destroyed: whatever was encrypted with it is unreadable")
        backups = Storage(
            "Offline backups", tooltip="Kept for {backup_life}; encrypted per person where one row cannot be deleted"
        )

    person >> request("erase me") >> portal >> request("open case") >> workflow >> request("state") >> ledger
    workflow >> control("delete rows") >> tables
    workflow >> control("delete keys") >> features
    workflow >> control("tombstone") >> index
    workflow >> request("erase, receipt") >> processors
    workflow >> control("destroy") >> keys >> control("unreadable") >> [log, backups]
    tables >> batch("without the person") >> snapshots >> batch("from scratch") >> models
    probe >> request("planted person") >> portal
    probe >> request("search") >> [live, lasting]
    probe >> feedback("found, not found") >> workflow
    portal >> response("done, with date") >> person


@view("Model supply")
def model_supply() -> None:
    """From vetted data to a verified load, then a gateway that watches how the model is used."""
    with Cluster("Build"):
        sources = S3("Outside sources", tooltip="User content, crawled pages, public data sets and weights")
        vetting = Guard("Data vetting", tooltip="Provenance, limits per source, near-duplicates, agreement of labels")
        mirror = Harbor("Package mirror", tooltip="Pinned and scanned; the only source of packages")
        training = Kubeflow(
            "Isolated training", tooltip="No way out of the network; own identity, read access to one data set"
        )
        scan = Trivy("Artifact scan", tooltip="Vulnerable layers, secrets, code in weights; tensor-only formats")
        registry = Harbor("Signed registry", tooltip="Weights, image and lineage under one signature")
    with Cluster("Serve"):
        check = Guard("Signature check", tooltip="Verifies the signature at load; refuses what is not signed")
        servers = ModelPool("Serving fleet", tooltip="Rounded scores, no raw logits; no secrets on the host")
        gateway = Kong("Model gateway", tooltip="Identity, quotas by customer and by payment method")
        customers = Users("Customers", tooltip="Honest ones, and some who are not")
    with Cluster("Watch"):
        detector = Flink(
            "Abuse detector\nFlink", tooltip="Volume, coverage of input space, walks along decision borders"
        )
        duty = User("Security duty", tooltip="Slows down, asks, blocks; opens an incident")
        red = User("Red team", tooltip="Attacks every release: poisoning, evasion, extraction, canaries")

    sources >> batch("raw rows") >> vetting >> batch("vetted rows") >> training
    mirror >> batch("pinned packages") >> training >> batch("artifact") >> scan >> control("clean, signed") >> registry
    registry >> control("release") >> check >> control("verified load") >> servers
    customers >> request("input") >> gateway >> request("within quota") >> servers
    gateway >> stream("who asked what") >> detector >> control("suspicion") >> duty >> control("slow, block") >> gateway
    red >> request("test attacks") >> gateway
    red >> feedback("findings") >> vetting


@view("Prompt injection")
def prompt_injection() -> None:
    """Whatever the model reads may give it orders, so what it may do is decided outside of it, with the user's rights."""
    with Cluster("Trusted"):
        user = User("Signed-in user", tooltip="The only one whose wishes count")
        app = Python("Assistant", tooltip="Plans from the user's words; keeps track of which text came from where")
        assembler = Assembler("Prompt assembler", tooltip="Marks others' text as data; helps, and is no barrier")
        broker = Guard(
            "Tool broker",
            tooltip="Each call: this user's rights, arguments that no stranger chose, allowed combination of tools",
        )
        confirm = Planner("Confirmation", tooltip="Names recipient, amount, file in the application's own words")
    with Cluster("May be fooled"):
        model = ModelServer(
            "Language model", tooltip="Cannot tell data from orders; treated as if it were the attacker"
        )
        output = Guard("Output guard", tooltip="Strips links and pictures that could carry data out; finds secrets")
    with Cluster("Untrusted"):
        documents = MultipleDocuments(
            "Others' text", tooltip="Pages, mails, files, answers of tools: any of it may contain orders"
        )
        sandbox = Gvisor("Tool sandbox\ngVisor", tooltip="No credentials but those for this call")
        egress = Envoy("Egress proxy\nEnvoy", tooltip="Allow-list of hosts; everything else is refused and counted")
    with Cluster("Watch"):
        audit = Clickhouse("Audit log", tooltip="Every call with its reason, the text that led to it, and the decision")
        suite = Simulator(
            "Attack suite", tooltip="Known and adaptive injections, at each release of model, prompt or tool"
        )

    with step("The user asks; what others wrote is fetched with the user's own rights, and marked as data."):
        user >> request("task") >> app >> request("user's rights") >> documents
        app >> request("task, marked data") >> assembler
    with step("The model proposes a call. It may have been fooled: nothing happens yet."):
        assembler >> request("prompt") >> model >> response("proposed call") >> broker
    with step("The broker checks rights, arguments and combination; what sends, pays or deletes waits for the user."):
        broker >> request("effect") >> confirm >> request("is this meant?") >> user
    with step("The tool runs in a sandbox whose only way out is an allow-list."):
        broker >> request("allowed call") >> sandbox >> request("listed hosts") >> egress
        sandbox >> response("answer, as data") >> assembler
    with step(
        "The answer is stripped of ways out; calls and refusals are kept, and attacks are tried on every release."
    ):
        model >> response("answer") >> output >> response("clean answer") >> app
        broker >> stream("calls, refusals") >> audit
        suite >> request("injected pages") >> app
        audit >> feedback("new attacks") >> suite
