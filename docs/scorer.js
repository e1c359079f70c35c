// How Sphinx ranks search results: its own numbers, but with the guide before the reference.
var Scorer = {
  score: ([page, , , , score]) => score - (/^(how-to|index|migration)/.test(page) ? 0 : 25),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
