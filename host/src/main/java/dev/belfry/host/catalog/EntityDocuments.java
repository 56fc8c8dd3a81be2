package dev.belfry.host.catalog;

import dev.belfry.host.catalog.DocumentReader.Document;
import dev.belfry.host.files.InvalidYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The entities of one file, which may contain many documents.
 *
 * @param warnings for each entity and reference that is left out, and for misspelled keys
 * @param broken where the text is not valid YAML: the entities before it are read
 */
record EntityDocuments(
        List<ReadEntity> entities, List<LocationEntity> locations, List<Warning> warnings, Optional<Warning> broken) {

    static final EntityDocuments NONE = new EntityDocuments(List.of(), List.of(), List.of(), Optional.empty());

    /** A line that begins with three dashes always begins a document (YAML 1.2, section 9.1.2). */
    private static final Pattern DOCUMENT = Pattern.compile("^---(?=\\s|$)", Pattern.MULTILINE);

    /** Large files are parsed in parallel, in pieces of about this many characters. */
    private static final int PIECE = 1 << 19;

    /** @param line of the file where the text begins; first line = 0 */
    private record Piece(String text, int line) {}

    static EntityDocuments read(String text) {
        List<EntityDocuments> parts =
                pieces(text).parallelStream().map(EntityDocuments::readPiece).toList();
        List<ReadEntity> entities = new ArrayList<>();
        List<LocationEntity> locations = new ArrayList<>();
        List<Warning> warnings = new ArrayList<>();
        for (EntityDocuments part : parts) {
            entities.addAll(part.entities());
            locations.addAll(part.locations());
            warnings.addAll(part.warnings());
            if (part.broken().isPresent()) {
                return new EntityDocuments(entities, locations, warnings, part.broken());
            }
        }
        return new EntityDocuments(entities, locations, warnings, Optional.empty());
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

    private static EntityDocuments readPiece(Piece piece) {
        EntityReader reader = new EntityReader(piece.line());
        DocumentReader documents = new DocumentReader(piece.text());
        Optional<Warning> broken = Optional.empty();
        try {
            for (Document document = documents.next(); document != null; document = documents.next()) {
                reader.read(document);
            }
        } catch (YAMLException e) {
            InvalidYaml invalid = InvalidYaml.of(e, piece.line());
            String column = invalid.column() == 0 ? "" : "column " + invalid.column() + ": ";
            // The reader counts the lines of the piece, from 0.
            broken = Optional.of(reader.warning(
                    Math.max(invalid.line() - piece.line() - 1, 0), "is not valid YAML: " + column + invalid.reason()));
        }
        return new EntityDocuments(reader.entities(), reader.locations(), reader.warnings(), broken);
    }
}
