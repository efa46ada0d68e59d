/** bylaw/bylaw.h: everything: the one header that most programs include. */
#ifndef BYLAW_BYLAW_H
#define BYLAW_BYLAW_H

#include <bylaw/base.h>
#include <bylaw/baseline.h>
#include <bylaw/blank.h>
#include <bylaw/check.h>
#include <bylaw/config.h>
#include <bylaw/coverage.h>
#include <bylaw/diag.h>
#include <bylaw/diff.h>
#include <bylaw/exhaust.h>
#include <bylaw/explain.h>
#include <bylaw/expr.h>
#include <bylaw/handbook.h>
#include <bylaw/limits.h>
#include <bylaw/mutate.h>
#include <bylaw/need.h>
#include <bylaw/record.h>
#include <bylaw/report.h>
#include <bylaw/ruleset.h>
#include <bylaw/test.h>

#endif
