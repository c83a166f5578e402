# Thin: every target is one command that also works without make.
.PHONY: run test test-all soak siege mutants check shape bench bench-opensim packs figure book vendor sbom audit
DEV = .venv-dev/bin
run:
	./weaklink
test:
	./weaklink test
test-all:
	./weaklink test-all
soak:
	./weaklink test soak
siege: environment
	$(DEV)/python -m tests.siege
mutants: environment
	$(DEV)/python -m tests.mutants
check: environment
	$(DEV)/ruff format --check . && $(DEV)/ruff check . && $(DEV)/djangofmt --check src && $(DEV)/mypy && $(DEV)/lint-imports && $(DEV)/python -m weaklink check
shape: environment
	$(DEV)/python -m tools.shape
bench: environment
	$(DEV)/python -m benchmarks
bench-opensim: environment
	$(DEV)/python -m benchmarks.opensim_static_optimization
packs: environment
	$(DEV)/python -m tools.make_packs && $(DEV)/python -m tools.bake_movements
figure: environment
	$(DEV)/python -m tools.make_figure && $(DEV)/python -m tools.bake_movements
book:
	./weaklink book --out book.html
vendor:
	sh tools/vendor.sh
sbom: environment
	$(DEV)/python -m tools.sbom sbom.cdx.json
audit: environment
	$(DEV)/python -m tools.audit
environment:
	@./weaklink environment
.PHONY: environment
