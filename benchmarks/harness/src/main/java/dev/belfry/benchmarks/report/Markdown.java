package dev.belfry.benchmarks.report;

import dev.belfry.benchmarks.cases.CaseName;
import dev.belfry.benchmarks.cases.Subject;
import dev.belfry.benchmarks.load.Rate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report as a page to be read. */
record Markdown(Report report, List<Bar> bars) {

    private static final List<Integer> CONNECTIONS = List.of(1, 32);

    String text() {
        StringBuilder page = new StringBuilder("# Results\n\n")
                .append(report.machine().describe())
                .append("\n\n## The bars\n\n| # | what | measured | bar | |\n| --- | --- | --- | --- | --- |\n");
        for (Bar bar : bars) {
            page.append(row(String.valueOf(bar.number()), bar.what(), bar.shownValue(), bar.rule(), bar.verdict()));
        }
        for (long size : report.sizes()) {
            page.append(String.format(
                    Locale.ROOT,
                    "%n## %,d notifications%n%nRequests a second, the median of the rounds (p50 and p99 in ms):%n%n",
                    size));
            page.append(rates(size));
        }
        page.append("\n## Other figures\n\n| what | |\n| --- | --- |\n");
        report.figures()
                .forEach(figure -> page.append(
                        row(figure.name(), String.format(Locale.ROOT, "%,.1f %s", figure.value(), figure.unit()))));
        return page.toString();
    }

    private String rates(long size) {
        StringBuilder table = new StringBuilder("| case | clients |");
        for (Subject subject : Subject.values()) {
            table.append(' ').append(subject.title()).append(" |");
        }
        table.append("\n| --- | --- |")
                .append(" --- |".repeat(Subject.values().length))
                .append('\n');
        for (CaseName name : CaseName.values()) {
            for (int connections : CONNECTIONS) {
                StringBuilder line = new StringBuilder();
                boolean any = false;
                for (Subject subject : Subject.values()) {
                    Optional<Rate> rate = report.results().median(new Key(size, subject, name, connections));
                    any |= rate.isPresent();
                    line.append(' ')
                            .append(rate.map(Markdown::shown).orElse(""))
                            .append(" |");
                }
                if (any) {
                    table.append("| %s | %d |".formatted(name.title(), connections))
                            .append(line)
                            .append('\n');
                }
            }
        }
        return table.toString();
    }

    private static String shown(Rate rate) {
        String failed = rate.failed() == 0 ? "" : String.format(Locale.ROOT, ", %,d failed", rate.failed());
        return String.format(
                Locale.ROOT, "%,.0f (%.1f, %.1f%s)", rate.perSecond(), rate.medianMillis(), rate.p99Millis(), failed);
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
