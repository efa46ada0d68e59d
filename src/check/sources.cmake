# sources of the layer check, by name
bylaw_sources(check/action.c check/bounds.c check/case.c check/checker.c check/judge.c)
bylaw_sources(check/messages.c check/readings.c check/record.c check/settle.c check/threshold.c check/told.c)
bylaw_sources(check/result.c check/rule_tests.c)
bylaw_sources(check/expression.c check/plain_facts.c)
bylaw_sources(check/remedy.c check/remedy_change.c check/remedy_threshold.c check/remedy_lever.c check/remedy_search.c check/remedy_whole.c)
bylaw_sources(check/trial.c check/exhaust.c check/exhaust_votes.c)
bylaw_sources(check/mutants.c check/mutate_set.c check/mutate_threshold.c check/mutant_excuses.c check/mutate_expr.c)
bylaw_sources(check/accept.c)
