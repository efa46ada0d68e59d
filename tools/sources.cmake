# sources of the program, by name
bylaw_cli_sources(main.c cli.c sets.c command_check.c command_coverage.c command_help.c command_lint.c command_test.c command_schema.c)
bylaw_cli_sources(lines.c)
bylaw_cli_sources(test_mutate.c)
