package dev.belfry.host.casbin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * CSV as Casbin reads policies: each line is a record of its own, with blanks around fields. {@code #} begins a comment at the begin of a
 * line and, outside of quotes, after a blank. Empty fields at the end do not count.
 */
final class PolicyCsv {

    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).get();

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private PolicyCsv() {}

    static List<String> lines(String text) {
        return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                .lines()
                .toList();
    }

    private static String withoutComment(String line) {
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (letter == '"') {
                isQuoted = !isQuoted;
            } else if (letter == '#' && !isQuoted && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    /** Spreadsheets fill each line up to the longest one. */
    private static List<String> withoutEmptyEnd(List<String> fields) {
        int end = fields.size();
        while (end > 1 && fields.get(end - 1).isBlank()) {
            end--;
        }
        return fields.subList(0, end);
    }

    /**
     * @return empty for a blank line and for a comment
     * @throws IllegalArgumentException when the line is not CSV
     */
    static List<String> fields(String line) {
        String content = withoutComment(line).strip();
        if (content.isEmpty()) {
            return List.of();
        }
        try (CSVParser parser = CSVParser.parse(content, FORMAT)) {
            return withoutEmptyEnd(parser.getRecords().getFirst().toList());
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("is not CSV: a quoted field must end with a quote, before the comma", e);
        }
    }
}
