package dev.belfry.benchmarks.report;

import dev.belfry.benchmarks.cases.CaseName;
import dev.belfry.benchmarks.cases.Subject;
import dev.belfry.benchmarks.load.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The bars, each a ratio of what was measured in one run. */
final class Bars {

    private static final int MANY = 32;
    private static final int ONE = 1;

    private final Results results;
    private final long size;
    private final List<Bar> bars = new ArrayList<>();

    private Bars(Results results, long size) {
        this.results = results;
        this.size = size;
    }

    /**
     * @param size at which subjects are compared
     * @param smallest and largest: between these growth is measured
     */
    static List<Bar> of(Results results, long size, long smallest, long largest, List<Figure> figures) {
        Bars bars = new Bars(results, size);
        bars.pages();
        bars.counts();
        bars.searches();
        bars.creates();
        bars.growth(smallest, largest);
        bars.audiences();
        bars.figure(8, Figures.START, 900, figures);
        bars.figure(8, Figures.MEMORY, 160, figures);
        return bars.bars;
    }

    private void pages() {
        peer(1, CaseName.PAGE, MANY, 15);
        peer(1, CaseName.PAGE_ANEW, CaseName.PAGE, MANY, 15);
        for (CaseName page : List.of(
                CaseName.PAGE,
                CaseName.PAGE_ANEW,
                CaseName.PAGE_HEAVY,
                CaseName.PAGE_HEAVY_ANEW,
                CaseName.PAGE_JOINER,
                CaseName.PAGE_JOINER_ANEW)) {
            against(1, page, CaseName.SELECT, "R1", 0.50);
        }
        for (CaseName page : List.of(
                CaseName.UNREAD,
                CaseName.UNREAD_ANEW,
                CaseName.UNREAD_HEAVY,
                CaseName.UNREAD_HEAVY_ANEW,
                CaseName.UNREAD_JOINER,
                CaseName.UNREAD_JOINER_ANEW)) {
            against(1, page, CaseName.SELECT, "R1", 0.33);
        }
    }

    private void counts() {
        peer(2, CaseName.COUNT, MANY, 800);
        against(2, CaseName.COUNT, CaseName.SELECT, "R1", 0.75);
        against(2, CaseName.COUNT_IN_TURN, CaseName.SELECT, "R1", 0.75);
    }

    private void searches() {
        for (CaseName search : List.of(
                CaseName.SEARCH_RARE,
                CaseName.SEARCH_RARE_ANEW,
                CaseName.SEARCH_FREQUENT,
                CaseName.SEARCH_FREQUENT_ANEW)) {
            against(3, search, CaseName.SELECT, "R1", 0.30);
        }
        peer(3, CaseName.SEARCH_SELDOM, ONE, 8);
        peer(3, CaseName.SEARCH_SELDOM_ANEW, CaseName.SEARCH_SELDOM, ONE, 8);
    }

    private void creates() {
        peer(4, CaseName.CREATE, MANY, 25);
        against(4, CaseName.CREATE, CaseName.INSERT, "W1", 0.60);
        bars.add(new Bar(
                5,
                "SQLite: create, to one user / one commit at a time",
                ratio(
                        rate(size, Subject.SQLITE, CaseName.CREATE, MANY),
                        rate(size, Subject.SQLITE_LOOP, CaseName.CREATE, ONE)),
                3.5,
                true));
    }

    private void growth(long smallest, long largest) {
        for (CaseName name : List.of(CaseName.PAGE_FLAT, CaseName.COUNT_FLAT, CaseName.CREATE)) {
            bars.add(new Bar(
                    6,
                    "%s: time at %,d / at %,d".formatted(name.title(), largest, smallest),
                    smallest == largest
                            ? OptionalDouble.empty()
                            : ratio(
                                    rate(smallest, Subject.POSTGRESQL, name, MANY),
                                    rate(largest, Subject.POSTGRESQL, name, MANY)),
                    1.3,
                    false));
        }
    }

    private void audiences() {
        for (CaseName name : List.of(CaseName.CREATE_GROUP, CaseName.CREATE_EVERYONE)) {
            bars.add(new Bar(
                    7,
                    name.title() + ": time / to one user",
                    ratio(
                            rate(size, Subject.POSTGRESQL, CaseName.CREATE, MANY),
                            rate(size, Subject.POSTGRESQL, name, MANY)),
                    1.2,
                    false));
        }
    }

    private void figure(int number, String name, double limit, List<Figure> figures) {
        OptionalDouble value = figures.stream()
                .filter(figure -> figure.name().equals(name))
                .mapToDouble(Figure::value)
                .findFirst();
        bars.add(new Bar(number, name, value, limit, false));
    }

    private void peer(int number, CaseName name, int connections, double limit) {
        peer(number, name, name, connections, limit);
    }

    /** @param peers the case of the peer, which reads anew each time */
    private void peer(int number, CaseName name, CaseName peers, int connections, double limit) {
        bars.add(new Bar(
                number,
                name.title() + (connections == ONE ? ", 1 client" : "") + " / the peer's",
                ratio(rate(size, Subject.POSTGRESQL, name, connections), rate(size, Subject.PEER, peers, connections)),
                limit,
                true));
    }

    private void against(int number, CaseName name, CaseName base, String baseName, double limit) {
        bars.add(new Bar(
                number,
                name.title() + " / " + baseName,
                ratio(rate(size, Subject.POSTGRESQL, name, MANY), rate(size, Subject.POSTGRESQL, base, MANY)),
                limit,
                true));
    }

    private OptionalDouble rate(long atSize, Subject subject, CaseName name, int connections) {
        ToDoubleFunction<Rate> perSecond = Rate::perSecond;
        return results.median(new Key(atSize, subject, name, connections)).stream()
                .mapToDouble(perSecond)
                .findFirst();
    }

    /** A peer that answers nothing in time leaves no base for a ratio: the ratio is then without bound. */
    private static OptionalDouble ratio(OptionalDouble value, OptionalDouble base) {
        return value.isEmpty() || base.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(value.getAsDouble() / base.getAsDouble());
    }
}
