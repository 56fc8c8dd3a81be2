package dev.belfry.benchmarks.report;

import dev.belfry.benchmarks.cases.CaseName;
import dev.belfry.benchmarks.cases.Subject;
import dev.belfry.benchmarks.load.Rate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rates at one size as bars, on a logarithmic scale: between the subjects lie powers of ten. */
record Picture(Results results, long size) {

    private static final int CONNECTIONS = 32;
    private static final int LABELS = 250;
    private static final int WIDTH = 620;
    private static final int BAR = 12;
    private static final int GAP = 10;
    private static final int TOP = 64;
    private static final int DECADES = 5;
    private static final List<Subject> SHOWN = List.of(Subject.POSTGRESQL, Subject.SQLITE, Subject.PEER);
    private static final Map<Subject, String> COLOURS =
            Map.of(Subject.POSTGRESQL, "#1f6f8b", Subject.SQLITE, "#79b473", Subject.PEER, "#c8553d");

    String svg() {
        StringBuilder drawn = new StringBuilder();
        int y = TOP;
        for (CaseName name : CaseName.values()) {
            int begin = y;
            for (Subject subject : SHOWN) {
                var rate = results.median(new Key(size, subject, name, CONNECTIONS));
                if (rate.isPresent()) {
                    drawn.append(bar(subject, rate.get(), y));
                    y += BAR;
                }
            }
            if (y > begin) {
                drawn.append(text(LABELS - 8, (begin + y) / 2 + 4, "end", name.title()));
                y += GAP;
            }
        }
        return frame(y, scale(y) + drawn);
    }

    private static String bar(Subject subject, Rate rate, int y) {
        double length = x(Math.max(1, rate.perSecond()));
        return String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                        LABELS,
                        y,
                        length,
                        BAR - 1,
                        COLOURS.get(subject))
                + text(
                        (int) (LABELS + length + 4),
                        y + BAR - 2,
                        "start",
                        String.format(Locale.ROOT, "%,.0f", rate.perSecond()));
    }

    private static double x(double perSecond) {
        return WIDTH * Math.log10(perSecond) / DECADES;
    }

    private static String scale(int bottom) {
        StringBuilder lines = new StringBuilder();
        for (int decade = 0; decade <= DECADES; decade++) {
            int x = LABELS + decade * WIDTH / DECADES;
            lines.append(String.format(
                    "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>%n", x, TOP - 6, x, bottom));
            lines.append(text(x, TOP - 10, "middle", String.format(Locale.ROOT, "%,.0f", Math.pow(10, decade))));
        }
        return lines.toString();
    }

    private String frame(int height, String content) {
        StringBuilder legend = new StringBuilder();
        int x = LABELS;
        for (Subject subject : SHOWN) {
            legend.append("<rect x=\"%d\" y=\"28\" width=\"10\" height=\"10\" fill=\"%s\"/>%n"
                    .formatted(x, COLOURS.get(subject)));
            legend.append(text(x + 14, 37, "start", subject.title()));
            x += 170;
        }
        String title =
                String.format(Locale.ROOT, "Requests a second at %,d notifications, %d clients", size, CONNECTIONS);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        .formatted(LABELS + WIDTH + 70, height + 10)
                + " font-family=\"sans-serif\" font-size=\"11\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
                + text(LABELS, 18, "start", title)
                + legend
                + content
                + "</svg>\n";
    }

    private static String text(int x, int y, String anchor, String content) {
        return "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n".formatted(x, y, anchor, content);
    }
}
