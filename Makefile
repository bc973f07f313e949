# make run and make test are all that a newcomer needs, on a Debian machine
# with Go and Node. Each installs what it lacks.

UI   := web/ui
ROOT := $(filter 0,$(shell id -u))

# Debian packages that tests use; those that cannot be installed are named in
# the last lines, with the tests that they made skip.
NEEDS := chromium:/usr/bin/chromium redis-server:/usr/bin/redis-server

# Tests keep their files in memory where it has 2 GB and may hold programs: a disk is
# waited for at each fact that is kept, and no test takes the power from a machine.
MEMORY := $(shell awk '$$2 == "/dev/shm" && $$4 !~ /noexec/' /proc/mounts 2>/dev/null | grep -q . && \
  [ $$(df --output=avail /dev/shm | tail -1) -ge 2000000 ] && echo TMPDIR=/dev/shm GOTMPDIR=/tmp)

.PHONY: build run test test-go test-ui test-browser tools fuzz bench bench-binding bench-ydoc load-motion pictures tables clean

build: $(UI)/dist/app.css
	go build -o bin/congres ./cmd/congres

$(UI)/node_modules/.ready: $(UI)/package-lock.json
	cd $(UI) && npm ci --no-audit --no-fund --prefer-offline --loglevel=error
	touch $@

$(UI)/dist/app.css: $(UI)/node_modules/.ready $(UI)/build.mjs analysis/chart/style.css $(shell find $(UI)/src $(UI)/styles $(UI)/templates -type f 2>/dev/null)
	cd $(UI) && npm run --silent build

run: build
	./bin/congres demo --data .demo

tools:
	@for need in $(NEEDS); do \
	  test -x $${need#*:} && continue; \
	  if [ -n "$(ROOT)" ] && command -v apt-get >/dev/null; then \
	    echo "installing $${need%%:*}"; \
	    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $${need%%:*}) >/dev/null 2>&1 || true; \
	  fi; \
	done

test: tools build
	@mkdir -p bin && rm -f bin/skipped.txt
	gofmt -l $$(git ls-files '*.go') | (! grep .)
	go vet ./...
	$(MAKE) --no-print-directory -j2 -O test-go test-ui
	$(MAKE) --no-print-directory test-browser
	@for need in $(NEEDS); do test -x $${need#*:} || echo "skipped: tests that need $${need%%:*}, which is not installed" >> bin/skipped.txt; done
	@test -d ../shared/data || echo "skipped: tests on ../shared/data, which is absent" >> bin/skipped.txt
	@if [ -s bin/skipped.txt ]; then cat bin/skipped.txt; else echo "nothing skipped for want of a tool"; fi

test-go:
	$(MEMORY) go test -p 2 -timeout 20m ./...

test-ui: $(UI)/node_modules/.ready
	cd $(UI) && npm run --silent check && npm test --silent

test-browser: build
	cd $(UI) && $(MEMORY) npm run --silent test:browser

FUZZTIME ?= 60s
fuzz: $(UI)/node_modules/.ready
	@for pkg in $$(go list ./...); do \
	  for f in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
	    go test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
	  done; \
	done
	cd $(UI) && CONGRES_SEED=$$(date +%j) CONGRES_SEEDS=60 node test/run.mjs unit

# The figures of the packages, how the analysis grows, beside scikit-learn where
# Debian's python3-sklearn is installed, then how fast it feels: from a key in one browser
# to its letter in another, and each main page (needs Chromium).
bench: build
	go test -run '^$$' -bench . -benchmem ./...
	go test ./analysis -count=1 -timeout 30m -run '^TestPeer$$' -v -args -peer 1000,4000,10000,100000
	@if test -x /usr/bin/chromium; then cd $(UI) && npm run --silent latency; else echo "skipped: latencies, which need chromium"; fi

# The binding beside y-prosemirror's, the same sessions in Chromium: what each
# loses and doubles. SEEDS sets how many sessions.
bench-binding: $(UI)/node_modules/.ready
	cd $(UI) && CONGRES_SEEDS=$(SEEDS) npm run --silent bench:binding

# ydoc beside npm's yjs and ywasm on recorded sessions: needs ../shared/data.
bench-ydoc: $(UI)/node_modules/.ready
	go test ./motion/ydoc -count=1 -timeout 30m -run '^TestPeers$$' -v -args -peers

# The shared text under 100 to 5,000 readers, beside the servers that npm has,
# and a hundred times through kill -9.
PEERS := web/peers
$(PEERS)/node_modules/.ready: $(PEERS)/package-lock.json
	cd $(PEERS) && npm ci --no-audit --no-fund --prefer-offline --loglevel=error
	touch $@

load-motion: build $(PEERS)/node_modules/.ready
	go test ./web -count=1 -timeout 60m -run '^TestLoad$$' -v -args -load 100,500,1000,2000 -load-own 5000 -load-binary ../bin/congres
	go test ./web -count=1 -timeout 30m -run '^TestPowerCut$$' -v -args -kills 100

pictures: build
	cd $(UI) && node test/pictures.mjs

# The tables of words, by the generator and the chain as they were when the committed
# ones were chosen: later chains give other bytes, see corpora/README.md.
TABLES_OF := db52331
tables:
	go generate ./corpora/lexicon/...
	@git cat-file -e $(TABLES_OF)^{commit} || { echo "make tables needs the project's history: git fetch --unshallow"; exit 1; }
	rm -rf bin/tables-of && git worktree prune && git worktree add --detach bin/tables-of $(TABLES_OF)
	cd bin/tables-of && go run ./corpora/tables/gen -out ../../corpora/tables
	git worktree remove --force bin/tables-of

clean:
	rm -rf bin $(PEERS)/node_modules $(UI)/node_modules $(UI)/dist/* .demo
