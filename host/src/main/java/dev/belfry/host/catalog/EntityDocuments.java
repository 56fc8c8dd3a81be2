package dev.belfry.host.catalog;

import dev.belfry.host.catalog.DocumentReader.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The entities of one file, which may contain many documents.
 *
 * @param faults with file and line
 */
record EntityDocuments(List<Entity> entities, List<String> faults) {

    /** A line that begins with three dashes always begins a document (YAML 1.2, section 9.1.2). */
    private static final Pattern DOCUMENT = Pattern.compile("^---(?=\\s|$)", Pattern.MULTILINE);

    /** Large files are parsed in parallel, in pieces of about this many characters. */
    private static final int PIECE = 1 << 19;

    /** @param line of the file where the text begins; first line = 0 */
    private record Piece(String text, int line) {}

    static EntityDocuments read(String file, String text) {
        List<EntityDocuments> parts = pieces(text).parallelStream()
                .map(piece -> readPiece(file, piece))
                .toList();
        List<Entity> entities = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        parts.forEach(part -> {
            entities.addAll(part.entities());
            faults.addAll(part.faults());
        });
        return new EntityDocuments(entities, faults);
    }

    private static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        Matcher begin = DOCUMENT.matcher(text);
        int from = 0;
        int line = 0;
        while (from + PIECE < text.length() && begin.find(from + PIECE)) {
            String piece = text.substring(from, begin.start());
            pieces.add(new Piece(piece, line));
            line += (int) piece.chars().filter(letter -> letter == '\n').count();
            from = begin.start();
        }
        pieces.add(new Piece(text.substring(from), line));
        return pieces;
    }

    private static EntityDocuments readPiece(String file, Piece piece) {
        EntityReader reader = new EntityReader(file, piece.line());
        DocumentReader documents = new DocumentReader(piece.text());
        try {
            for (Document document = documents.next(); document != null; document = documents.next()) {
                reader.read(document);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
            reader.fault(line, "is not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            reader.fault(0, "is not valid YAML: " + e.getMessage());
        }
        return new EntityDocuments(reader.entities(), reader.faults());
    }
}
