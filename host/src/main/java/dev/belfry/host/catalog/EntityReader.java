package dev.belfry.host.catalog;

import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.catalog.DocumentReader.Document;
import dev.belfry.host.catalog.DocumentReader.RepeatedKey;
import dev.belfry.host.directory.EntityDirectory;
import dev.belfry.host.spelling.ClosestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Converts documents to entities. Kinds of Backstage other than User, Group and Location are ignored. */
final class EntityReader {

    static final String LOCATION = "location";

    private static final String GROUP_OF_VERSIONS = "backstage.io/";
    private static final List<String> READ_KINDS = List.of("User", "Group", "Location");
    private static final Set<String> OTHER_KINDS =
            Set.of("api", "component", "domain", "resource", "system", "template");

    private final int firstLine;
    private final List<ReadEntity> entities = new ArrayList<>();
    private final List<LocationEntity> locations = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final ReferenceReader references = new ReferenceReader();

    /** @param firstLine line of the file where the text begins; first line = 0 */
    EntityReader(int firstLine) {
        this.firstLine = firstLine;
    }

    List<ReadEntity> entities() {
        return entities;
    }

    List<LocationEntity> locations() {
        return locations;
    }

    /** For each entity and reference that is left out, and for keys that are probably misspelled. */
    List<Warning> warnings() {
        return warnings;
    }

    /** @param line within the text; first line = 0 */
    Warning warning(int line, String text) {
        return new Warning(firstLine + line + 1, text);
    }

    /** A file may have millions of faulty references: the texts that nobody sees need no memory. */
    private void warn(int line, String text) {
        warnings.add(warnings.size() < CatalogWarnings.MAX_OF_FILE ? warning(line, text) : Warning.COUNTED);
    }

    void read(Document document) {
        if (document.content() instanceof Map<?, ?> root) {
            Optional<String> kind = text(root, "kind");
            Optional<RepeatedKey> repeated = repeated(document, kind);
            if (repeated.isPresent()) {
                leaveOut(
                        document,
                        described(root, kind) + " has the key '"
                                + repeated.get().key() + "' twice, again in line "
                                + (firstLine + repeated.get().line() + 1));
                return;
            }
            kind.ifPresentOrElse(
                    name -> readKind(document, root, name), () -> leaveOut(document, "the entity has no kind"));
        } else if (document.content() != null) {
            leaveOut(document, "an entity must be an object");
        }
    }

    /** As in Backstage, a document with a key twice is invalid: nobody knows which of the values was meant. */
    private static Optional<RepeatedKey> repeated(Document document, Optional<String> kind) {
        return document.repeated()
                .filter(key -> key.key().equals("kind")
                        || kind.filter(EntityReader::isRead).isPresent());
    }

    private static String described(Map<?, ?> root, Optional<String> kind) {
        return "the " + kind.orElse("entity").toLowerCase(Locale.ROOT)
                + text(map(root, "metadata"), "name").map(name -> " " + name).orElse("");
    }

    private static boolean isRead(String kind) {
        return READ_KINDS.stream().anyMatch(kind::equalsIgnoreCase);
    }

    private void readKind(Document document, Map<?, ?> root, String written) {
        String kind = written.toLowerCase(Locale.ROOT);
        Optional<String> foreign = text(root, "apiVersion").filter(version -> !version.startsWith(GROUP_OF_VERSIONS));
        boolean isRead = isRead(kind);
        if (isRead && foreign.isPresent()) {
            leaveOut(
                    document,
                    "the " + kind + " is not an entity of Backstage: its apiVersion is '" + foreign.get()
                            + "', not backstage.io/v1alpha1");
        } else if (kind.equals(LOCATION)) {
            readLocation(document, map(root, "spec"));
        } else if (isRead) {
            readEntity(document, root, kind);
        } else if (kind.equals("list")) {
            leaveOut(document, "the kind List is not read: write its items as documents, separated by ---");
        } else if (!OTHER_KINDS.contains(kind)) {
            ClosestName.of(written, READ_KINDS)
                    .ifPresent(near -> leaveOut(
                            document, "the kind '" + written + "' is not read (did you mean '" + near + "'?)"));
        }
    }

    private void leaveOut(Document document, String why) {
        warn(document.line(), why + "; it is left out");
    }

    private void readEntity(Document document, Map<?, ?> root, String kind) {
        Map<?, ?> metadata = map(root, "metadata");
        Optional<String> name = text(metadata, "name");
        if (name.isEmpty()) {
            leaveOut(document, "the " + kind + " has no metadata.name");
            return;
        }
        String namespace = text(metadata, "namespace").orElse(EntityRef.DEFAULT_NAMESPACE);
        EntityRef ref;
        try {
            ref = new EntityRef(kind, namespace, name.get());
        } catch (IllegalArgumentException e) {
            leaveOut(document, kind + " " + name.get() + ": " + e.getMessage());
            return;
        }
        addEntity(document, root, ref);
    }

    private void addEntity(Document document, Map<?, ?> root, EntityRef ref) {
        Map<?, ?> metadata = map(root, "metadata");
        Map<?, ?> spec = map(root, "spec");
        Map<?, ?> profile = map(spec, "profile");
        Entity entity = new Entity(
                ref,
                refs(document, ref, spec, "memberOf", EntityRef.GROUP),
                refs(document, ref, spec, "members", EntityRef.USER),
                refs(document, ref, spec, "parent", EntityRef.GROUP),
                refs(document, ref, spec, "children", EntityRef.GROUP),
                details(metadata, profile));
        entities.add(new ReadEntity(entity, firstLine + document.line() + 1));
        warnOfMisspelled(document, ref, EntityKeys.ENTITY, root);
        warnOfMisspelled(document, ref, EntityKeys.METADATA, metadata);
        warnOfMisspelled(document, ref, ref.kind().equals(EntityRef.USER) ? EntityKeys.USER : EntityKeys.GROUP, spec);
        warnOfMisspelled(document, ref, EntityKeys.PROFILE, profile);
    }

    private void warnOfMisspelled(Document document, EntityRef ref, EntityKeys keys, Map<?, ?> map) {
        keys.misspelledIn(map).forEach(text -> warn(document.line(), ref + ": " + text));
    }

    private static Entity.Details details(Map<?, ?> metadata, Map<?, ?> profile) {
        Optional<String> displayName = text(profile, "displayName").or(() -> text(metadata, "title"));
        Optional<String> email = text(profile, "email");
        Optional<String> keycloakId = text(map(metadata, "annotations"), EntityDirectory.KEYCLOAK_ID);
        return displayName.isEmpty() && email.isEmpty() && keycloakId.isEmpty()
                ? Entity.Details.NONE
                : new Entity.Details(displayName.orElse(null), email.orElse(null), keycloakId.orElse(null));
    }

    /**
     * A faulty reference costs itself, like a reference to an entity that does not exist: no entity can have it, so neither a
     * permission nor a denial could come through it.
     */
    private List<EntityRef> refs(Document document, EntityRef owner, Map<?, ?> spec, String key, String kind) {
        List<?> written = switch (spec.get(key)) {
            case null -> List.of();
            case List<?> items -> items;
            case Object single -> List.of(single);
        };
        List<EntityRef> refs = new ArrayList<>(written.size());
        for (Object item : written) {
            try {
                refs.add(references.read(item, kind, owner.namespace()));
            } catch (IllegalArgumentException e) {
                warn(document.line(), owner + ": spec." + key + ": " + e.getMessage() + "; the reference is left out");
            }
        }
        return List.copyOf(refs);
    }

    private void readLocation(Document document, Map<?, ?> spec) {
        List<?> several = spec.get("targets") instanceof List<?> items ? items : List.of();
        List<String> targets = new ArrayList<>();
        text(spec, "target").ifPresent(targets::add);
        if (targets.isEmpty() && several.isEmpty()) {
            leaveOut(document, "the location has neither spec.target nor spec.targets");
            return;
        }
        for (Object target : several) {
            if (target instanceof String text) {
                targets.add(text);
            } else {
                leaveOut(document, "an item of spec.targets of the location is not a string");
            }
        }
        boolean isOptional = text(spec, "presence").filter("optional"::equals).isPresent();
        locations.add(new LocationEntity(text(spec, "type"), targets, isOptional, firstLine + document.line() + 1));
    }

    private static Optional<String> text(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private static Map<?, ?> map(Map<?, ?> map, String key) {
        return map.get(key) instanceof Map<?, ?> inner ? inner : Map.of();
    }
}
