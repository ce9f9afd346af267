// The search: words as they are typed, their beginnings, what they are called too, and, where that finds nothing, words
// that differ by a slip. The index is `search-data.js`; how it is written, `gallery/search/index.py` says.
"use strict";

/**
 * @typedef {{ kind: string, title: string, href: string, line: string, slug: string }} Entry
 * @typedef {{ entry: number, kind: string, title: string, fragment: string }} SearchDocument
 * @typedef {{ entry: Entry, score: number, places: { kind: string, title: string, href: string }[] }} Found
 * @typedef {{ headings: number[], words: number[] | "*" }} Postings
 */

const SEARCH = {
  /** Words of a question that say nothing of its subject. */
  STOP: new Set(
    ("a an and any are at avoid be best between build by can choose common could deal decide describe design designing detect difference "
      + "do does explain for from get give good handle happen have how i if important improve in interview into is it like machine "
      + "learning made make many me ml much my need not of often on one or our prevent should show some system tell than that the their them "
      + "there these they this to too use used using versus vs want was we what when where which who why will with work worth would you your "
      + "architecture diagram question").split(" "),
  ),
  /** By which forms of a word differ: monitor, monitoring, monitored. */
  ENDING: /(ation|ing|ion|er|or|ed|e)$/,
  HEADING: /** @type {Record<string, number>} */ ({
    page: 12, drawing: 5, section: 3, box: 2, decision: 4, failure: 4, question: 4, label: 3, features: 3, bias: 4, term: 5, "case study": 4,
    "anti-pattern": 4,
  }),
  WORDS: /** @type {Record<string, number>} */ ({ page: 4, drawing: 2 }),
  EVERYWHERE: 0.05,
  PREFIX: 0.7,
  SLIP: 0.55,
  SYNONYM: 0.6,
  TOGETHER: 4, // times what one place has of a query ...
  NEAR: 2.5, // ... by this power of the share of the query that it has
  ALL: 2, // the power of the share of what is asked that a page has, by which its score is multiplied
  LEAST: 0.4, // of the share that the best page has: pages below are not shown
  PLACES: 3,
};

/** Whether a page tells of a subject, in many parts; others are lists, or small. */
const isSubject = (/** @type {Entry} */ { kind }) => kind === "system" || kind === "building block";

/**
 * Make the search from its data.
 * @param {any} data
 */
function makeSearch(data) {
  const entries = /** @type {Entry[]} */ (
    data.entries.map((/** @type {string[]} */ [kind, title, href, line, slug]) => ({ kind, title, href, line, slug }))
  );
  const { entries: pages, kinds, titles, fragments } = data.documents;
  const documents = /** @type {SearchDocument[]} */ (
    pages.map((/** @type {number} */ entry, /** @type {number} */ index) => (
      { entry, kind: data.kinds[kinds[index]], title: titles[index], fragment: fragments[index] }
    ))
  );
  const lines = /** @type {string[]} */ (data.postings.split("\n"));
  /** @type {Map<string, number>} the line of each term that stands in words */
  const lineOf = new Map(data.terms === "" ? [] : data.terms.split("\n").map((/** @type {string} */ term, /** @type {number} */ line) => [term, line]));
  /** @type {Map<string, number[]>} the documents that have a term in their heading */
  const headed = new Map();
  /** @type {Map<string, Set<string>>} the terms of a heading, which many documents may have */
  const termsOf = new Map();
  documents.forEach(({ title }, number) => {
    const terms = termsOf.get(title) ?? new Set(searchTerms(title));
    termsOf.set(title, terms);
    for (const term of terms) {
      const having = headed.get(term);
      if (having) having.push(number);
      else headed.set(term, [number]);
    }
  });
  const vocabulary = [...new Set([...lineOf.keys(), ...headed.keys()])].sort();
  const titleTerms = entries.map((entry) => searchTerms(entry.title).filter((word) => !SEARCH.STOP.has(word)));
  /** The documents of an entry stand together: the number of its first, and of the next one's. */
  const first = new Uint32Array(entries.length + 1).fill(documents.length);
  for (let number = documents.length - 1; number >= 0; number--) first[pages[number]] = number;
  for (let entry = entries.length - 1; entry >= 0; entry--) first[entry] = Math.min(first[entry], first[entry + 1]);

  /** Read distances in base 26, of which a small letter is the last digit. */
  const numbers = (/** @type {string} */ packed) => {
    let [sum, number] = [0, 0];
    const found = [];
    for (let index = 0; index < packed.length; index++) {
      const code = packed.charCodeAt(index);
      number = number * 26 + (code < 97 ? code - 65 : code - 97);
      if (code < 97) continue;
      sum += number;
      number = 0;
      found.push(sum);
    }
    return found;
  };
  /** @type {Map<string, Postings>} */
  const unpacked = new Map();
  const inVocabulary = new Set(vocabulary);
  /** Words of names that things have: such a word is none that was meant to be another. */
  const inNames = new Set(/** @type {string[][]} */ (data.synonyms).flat().flatMap((name) => name.split(" ")));

  /** @param {string} term @returns {Postings} */
  const postings = (term) => {
    let found = unpacked.get(term);
    if (!found) {
      const words = lines[lineOf.get(term) ?? -1] ?? "";
      found = { headings: headed.get(term) ?? [], words: words === "*" ? "*" : numbers(words) };
      unpacked.set(term, found);
    }
    return found;
  };

  /** Where a word begins other words, in the sorted vocabulary. */
  const beginning = (/** @type {string} */ word) => {
    let [low, high] = [0, vocabulary.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (vocabulary[middle] < word) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (let index = low; index < vocabulary.length && vocabulary[index].startsWith(word) && found.length < 40; index++) found.push(vocabulary[index]);
    return found;
  };

  /** @type {Map<string, [string, number][]>} */
  const known = new Map();

  /**
   * List the terms that a word may mean, with how far each counts.
   * @param {string} word
   * @param {boolean} last whether it may still be being typed
   * @returns {[string, number][]}
   */
  const meant = (word, last) => {
    const key = `${word} ${last}`;
    const kept = known.get(key);
    if (kept) return kept;
    /** @type {[string, number][]} */
    let found = inVocabulary.has(word) ? [[word, 1]] : [];
    if (last || !found.length) {
      for (const term of beginning(word)) {
        if (term !== word) found.push([term, SEARCH.PREFIX * (0.4 + (0.6 * word.length) / term.length)]);
      }
    }
    const root = word.replace(SEARCH.ENDING, "");
    if (found.length && !last && root.length >= 4) {
      const forms = beginning(root).filter((term) => term !== word && (term === root || term.replace(SEARCH.ENDING, "") === root));
      found = [...found, ...forms.map((term) => /** @type {[string, number]} */ ([term, SEARCH.PREFIX]))];
    }
    if (!found.length && root.length >= 4) found = beginning(root).map((term) => [term, SEARCH.PREFIX * 0.8]);
    if (!found.length && word.length >= 3 && !inNames.has(word)) {
      let best = slipsOf(word);
      const near = [];
      for (const term of vocabulary) {
        if (term.length < 3) continue;
        const slips = slipsBetween(word, term, best);
        if (slips > best || (word.length === 3 && [...word].sort().join("") !== [...term].sort().join(""))) continue;
        if (slips < best) near.length = 0;
        best = slips;
        near.push(term);
      }
      const rank = (/** @type {string} */ term) => Number(term[0] === word[0]) * 1e6 + postings(term).headings.length;
      near.sort((one, other) => rank(other) - rank(one));
      found = near.map((term) => [term, SEARCH.SLIP / Math.max(best, 1) * (term[0] === word[0] ? 1 : 0.6)]);
    }
    if (!found.length && word.length >= 6) {
      for (let cut = 3; cut <= word.length - 3; cut++) {
        const parts = [word.slice(0, cut), stemWord(word.slice(cut))];
        if (parts.every((part) => inVocabulary.has(part))) return meantAll.set(word, parts) && [];
      }
    }
    known.set(key, found);
    return found;
  };

  /** @type {Map<string, string[]>} words written as one, that are two: "featurestore" */
  const meantAll = new Map();

  /** What a word in the heading of a document counts: more in a short one. */
  const headingWeight = (/** @type {number} */ number) => {
    if (!headingWeights[number]) {
      const { kind, title } = documents[number];
      headingWeights[number] = (SEARCH.HEADING[kind] ?? 2) * (1 + 1 / (1 + title.split(" ").length));
    }
    return headingWeights[number];
  };
  const headingWeights = new Float64Array(documents.length);

  /**
   * Score the documents that have a term.
   * @param {string} term
   * @param {number} weight
   * @param {Map<number, number>} scores by document
   * @param {Set<number>} all entries that have it among words that most systems have
   */
  const scoreTerm = (term, weight, scores, all) => {
    const { headings, words } = postings(term);
    const having = new Set();
    for (const number of headings) having.add(pages[number]);
    if (words !== "*") for (const number of words) having.add(pages[number]);
    const rare = words === "*" ? Math.log(2) : Math.log(1 + entries.length / (1 + having.size));
    const add = (/** @type {number} */ number, /** @type {number} */ value) => {
      const score = value * weight * rare;
      if (score > (scores.get(number) ?? -1)) scores.set(number, score);
    };
    for (const number of headings) add(number, headingWeight(number));
    if (words === "*") entries.forEach((entry, index) => isSubject(entry) && all.add(index));
    else for (const number of words) add(number, SEARCH.WORDS[documents[number].kind] ?? 1);
  };

  /**
   * Score the documents that have all the words of a phrase in one place, or nearly so.
   * @param {string[]} phrase
   * @param {number} weight
   * @param {boolean} last
   * @returns {{ scores: Map<number, number>, all: Set<number> }}
   */
  const scorePhrase = (phrase, weight, last) => {
    const each = phrase.map((word, index) => {
      const scores = new Map();
      const all = new Set();
      for (const [term, share] of meant(word, last && index === phrase.length - 1)) scoreTerm(term, weight * share, scores, all);
      return { scores, all };
    });
    if (each.length === 1) return each[0];
    const scores = new Map();
    for (const [number, score] of each[0].scores) {
      const others = each.slice(1).map((other) => other.scores.get(number) ?? (other.all.has(documents[number].entry) ? SEARCH.EVERYWHERE : 0));
      if (others.every(Boolean)) scores.set(number, others.reduce((sum, other) => sum + other, score));
    }
    return { scores, all: new Set() };
  };

  /** @type {string[][]} */
  const synonyms = data.synonyms;
  const phraseGroups = new Map(synonyms.flatMap((group) => group.map((phrase) => [phrase, /** @type {string[][]} */ ([])])));
  for (const group of synonyms) for (const phrase of group) phraseGroups.get(phrase)?.push(group);
  const longest = Math.max(1, ...synonyms.flat().map((phrase) => phrase.split(" ").length));

  /** The name nearest to a word that the vocabulary does not have. */
  const nearestName = (/** @type {string} */ word) =>
    [...phraseGroups.keys()].find((name) => name.length > 3 && slipsBetween(word, name, slipsOf(word)) <= slipsOf(word)) ?? "";

  /**
   * Cut a query into units: phrases that have other names, and single words.
   * @param {string} query
   * @returns {string[][][]} of each unit the ways to say it
   */
  const unitsOf = (query) => {
    const words = searchTerms(query.replace(/\ba b\b/gi, "ab"));
    const somethingTold = words.some((word) => !SEARCH.STOP.has(word));
    const saysNothing = (/** @type {string} */ word) => somethingTold && SEARCH.STOP.has(word);
    const corrected = words.map((word) => {
      if (saysNothing(word) || inVocabulary.has(word) || beginning(word).length || phraseGroups.has(word)) return word;
      const [[near = "", share = 0] = []] = meant(word, false);
      return share > 0 && share <= SEARCH.SLIP ? near : word;
    });
    const units = [];
    for (let from = 0; from < words.length; ) {
      let taken = 0;
      for (let long = Math.min(longest, words.length - from); long >= 1 && !taken; long--) {
        if (long === 1 && saysNothing(words[from])) continue;
        const phrase = words.slice(from, from + long).join(" ");
        const meantPhrase = corrected.slice(from, from + long).join(" ");
        const named = phraseGroups.get(phrase) ?? phraseGroups.get(meantPhrase) ?? (long === 1 && !inVocabulary.has(meantPhrase) ? phraseGroups.get(nearestName(phrase)) : undefined);
        if (named) {
          units.push([...new Set([inVocabulary.has(phrase) || long > 1 ? phrase : meantPhrase, ...named.flat()])].map((way) => way.split(" ")));
          taken = long;
        }
      }
      if (!taken && !saysNothing(words[from])) {
        const pair = words.slice(from, from + 2);
        if (pair.length === 2 && inVocabulary.has(pair.join(""))) {
          units.push([pair, [pair.join("")]]);
          taken = 2;
        } else {
          meant(words[from], from === words.length - 1);
          const parts = meantAll.get(words[from]);
          units.push(parts ? [parts] : [[words[from]]]);
        }
      }
      from += taken || 1;
    }
    return units;
  };

  /**
   * Find what a query names, best first: pages that have much of it, a rare word counting more than a common one.
   * @param {string} query
   * @returns {Found[]}
   */
  return (query) => {
    const units = unitsOf(query);
    if (!units.length) return [];
    const totals = entries.map(() => ({ told: 0, score: 0 }));
    let asked = 0;
    const best = new Float64Array(documents.length);
    const hits = new Uint16Array(documents.length);
    units.forEach((ways, index) => {
      const last = index === units.length - 1;
      const found = ways.map((phrase, way) => scorePhrase(phrase, way === 0 ? 1 : SEARCH.SYNONYM, last && way === 0));
      const [{ scores, all }] = found;
      for (const other of found.slice(1)) {
        for (const [number, score] of other.scores) if (score > (scores.get(number) ?? 0)) scores.set(number, score);
        for (const entry of other.all) all.add(entry);
      }
      /** @type {Map<number, number[]>} by entry */
      const byEntry = new Map([...all].map((entry) => [entry, []]));
      for (const [number, score] of scores) {
        hits[number] += 1;
        best[number] += score;
        const own = byEntry.get(pages[number]);
        if (own) own.push(score);
        else byEntry.set(pages[number], [score]);
      }
      const telling = byEntry.size ? Math.log(1 + entries.length / byEntry.size) : 0; // a word that few pages have tells most
      asked += telling;
      for (const [entry, own] of byEntry) {
        own.sort((one, other) => other - one);
        totals[entry].told += telling;
        // The best place counts whole, each further one less.
        totals[entry].score += own.slice(0, 8).reduce((sum, score, rank) => sum + score / (1 + rank) ** 1.2, SEARCH.EVERYWHERE);
      }
    });
    if (asked === 0) return [];
    // Words that stand in one place say more than words that are strewn over a page.
    if (units.length > 1) {
      totals.forEach((total, entry) => {
        let together = 0;
        for (let number = first[entry]; number < first[entry + 1]; number++) {
          if (hits[number] < 2) continue;
          const near = best[number] * (hits[number] / units.length) ** SEARCH.NEAR;
          if (near > together) together = near;
        }
        total.score += SEARCH.TOGETHER * together;
      });
    }
    const wanted = new Set(units.flatMap((ways) => ways[0]).flatMap((word) => meant(word, true).slice(0, 3).map(([term]) => term)));
    const found = totals.map((total, index) => {
      const title = titleTerms[index];
      const named = title.filter((word) => wanted.has(word)).length / (title.length || 1);
      const entitled = units.filter((ways) => ways.some((way) => way.every((word) => title.includes(word)))).length / units.length;
      const factor = (isSubject(entries[index]) ? 1 : 0.75) * (1 + named) * (1 + named * entitled);
      const share = total.told / asked;
      return { entry: entries[index], index, share, score: total.score * factor * share ** SEARCH.ALL };
    });
    /** The share of what is asked that a heading says. */
    const namedBy = (/** @type {string} */ title) =>
      units.filter((ways) => ways.some((way) => way.every((word) => termsOf.get(title)?.has(word)))).length / units.length;
    const most = Math.max(...found.map(({ share }) => share));
    return found
      .filter(({ share }) => share > 0 && share >= most * SEARCH.LEAST)
      .sort((one, other) => other.score - one.score || one.index - other.index)
      .map(({ entry, index, score }) => ({
        entry,
        score,
        get places() { // of a thousand that are found, few are shown
          const own = [];
          for (let number = first[index]; number < first[index + 1]; number++) {
            if (hits[number] && documents[number].kind !== "page") own.push(number);
          }
          const fits = new Map(own.map((number) => [number, best[number] * (1 + namedBy(documents[number].title)) ** 2]));
          return own
            .sort((one, other) => (fits.get(other) ?? 0) - (fits.get(one) ?? 0) || one - other)
            .slice(0, SEARCH.PLACES)
            .map((number) => {
              const { kind, title, fragment } = documents[number];
              return { kind, title, href: `${entry.href}#${fragment}` };
            });
        },
      }));
  };
}
