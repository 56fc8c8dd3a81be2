package dev.belfry.benchmarks;

import dev.belfry.benchmarks.cases.Case;
import dev.belfry.benchmarks.cases.CaseName;
import dev.belfry.benchmarks.cases.Cases;
import dev.belfry.benchmarks.cases.Subject;
import dev.belfry.benchmarks.data.DataSet;
import dev.belfry.benchmarks.load.Rate;
import dev.belfry.benchmarks.load.SqliteLoop;
import dev.belfry.benchmarks.load.Wrk;
import dev.belfry.benchmarks.report.Key;
import dev.belfry.benchmarks.report.Results;
import dev.belfry.benchmarks.server.Subjects;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Measures each case of each subject, one after the other, and all of them again: what the machine does meanwhile meets all
 * alike.
 *
 * @param connections one measurement for each of these numbers
 * @param warmUp of each case before the first round: compilers take their time
 * @param time of one measurement
 * @param wanted which cases
 */
record Rounds(
        int rounds, List<Integer> connections, Duration warmUp, Duration time, Predicate<CaseName> wanted, Wrk wrk) {

    private static final int WARM_UP_CONNECTIONS = 32;

    void measure(Subjects subjects, DataSet data, Results results)
            throws IOException, InterruptedException, SQLException {
        List<Case> cases = cases(subjects, data);
        for (Case one : cases) {
            measure(subjects, one, WARM_UP_CONNECTIONS, warmUp);
        }
        for (int round = 1; round <= rounds; round++) {
            for (Case one : cases) {
                for (int clients : connections) {
                    Rate rate = measure(subjects, one, clients, time);
                    results.add(new Key(data.size(), one.subject(), one.name(), clients), rate);
                    System.out.printf(
                            "%d/%d  %,11d  %-18s %-38s %2d  %,9.0f/s  p50 %8.2f ms  p99 %8.2f ms%s%n",
                            round,
                            rounds,
                            data.size(),
                            one.subject().title(),
                            one.name().title(),
                            clients,
                            rate.perSecond(),
                            rate.medianMillis(),
                            rate.p99Millis(),
                            rate.failed() == 0 ? "" : "  failed " + rate.failed());
                }
            }
            if (subjects.loopFile().isPresent() && wanted.test(CaseName.CREATE)) {
                Rate rate = new SqliteLoop(subjects.loopFile().get()).measure(time);
                results.add(new Key(data.size(), Subject.SQLITE_LOOP, CaseName.CREATE, 1), rate);
                System.out.printf(
                        "%d/%d  %,11d  one by one on SQLite: %,.0f/s%n", round, rounds, data.size(), rate.perSecond());
            }
        }
    }

    private Rate measure(Subjects subjects, Case one, int clients, Duration duration)
            throws IOException, InterruptedException, SQLException {
        Rate rate = wrk.measure(one.request(), clients, duration);
        if (one.subject() == Subject.PEER) {
            subjects.quietenPeer();
        }
        return rate;
    }

    /** Those that add to the data come last. */
    private List<Case> cases(Subjects subjects, DataSet data) throws IOException, InterruptedException {
        List<Case> cases = new ArrayList<>();
        if (subjects.onPostgres().isPresent()) {
            cases.addAll(Cases.of(Subject.POSTGRESQL, subjects.onPostgres().get(), data));
        }
        if (subjects.onSqlite().isPresent()) {
            cases.addAll(Cases.of(Subject.SQLITE, subjects.onSqlite().get(), data));
        }
        subjects.peer().ifPresent(peer -> cases.addAll(Cases.of(peer, data)));
        return cases.stream()
                .filter(one -> wanted.test(one.name()))
                .sorted(Comparator.comparing((Case one) -> one.name().writes()).thenComparing(Case::name))
                .toList();
    }
}
