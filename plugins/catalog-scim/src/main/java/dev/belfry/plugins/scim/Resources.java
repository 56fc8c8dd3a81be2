package dev.belfry.plugins.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import dev.belfry.api.catalog.EntityRef;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The operations on users and groups. */
final class Resources {

    private final Transactions transactions;
    private final ReferenceRule references;
    private final Clock clock;

    Resources(Transactions transactions, ReferenceRule references, Clock clock) {
        this.transactions = transactions;
        this.references = references;
        this.clock = clock;
    }

    /** @param total the number of matches on all pages */
    record Page(int total, List<StoredResource> resources) {}

    StoredResource create(ResourceKind kind, ObjectNode given) throws SQLException, ScimException {
        ObjectNode content = ResourceRules.content(kind, given);
        EntityRef ref = refOf(kind, content);
        String id = UUID.randomUUID().toString();
        Instant now = now();
        StoredResource created = new StoredResource(id, kind, ref, 1, now, now, content);
        return transactions.change(table -> {
            requireFree(table, created);
            table.insert(created);
            return created;
        });
    }

    StoredResource get(ResourceKind kind, String id) throws SQLException, ScimException {
        return transactions.read(table -> existing(table, kind, id));
    }

    /** @param expected the entity tag of {@code If-Match} */
    StoredResource replace(ResourceKind kind, String id, Optional<String> expected, ObjectNode given)
            throws SQLException, ScimException {
        ObjectNode content = ResourceRules.content(kind, given);
        return transactions.change(table -> update(table, expecting(existing(table, kind, id), expected), content));
    }

    StoredResource patch(ResourceKind kind, String id, Optional<String> expected, Patch patch)
            throws SQLException, ScimException {
        return transactions.change(table -> {
            StoredResource before = expecting(existing(table, kind, id), expected);
            ObjectNode content = before.content().deepCopy();
            patch.applyTo(content);
            return update(table, before, ResourceRules.content(kind, content));
        });
    }

    private StoredResource update(ResourceTable table, StoredResource before, ObjectNode content)
            throws SQLException, ScimException {
        if (content.equals(before.content())) {
            return before;
        }
        StoredResource after = before.changed(refOf(before.kind(), content), now(), content);
        requireFree(table, after);
        table.update(after);
        return after;
    }

    void delete(ResourceKind kind, String id, Optional<String> expected) throws SQLException, ScimException {
        transactions.change(table -> {
            expecting(existing(table, kind, id), expected);
            table.delete(id);
            for (StoredResource group : table.groupsNaming(id)) {
                removeMember(table, group, id);
            }
            return id;
        });
    }

    private void removeMember(ResourceTable table, StoredResource group, String id) throws SQLException, ScimException {
        ObjectNode content = group.content().deepCopy();
        if (content.get("members") instanceof ArrayNode members) {
            Iterator<JsonNode> each = members.iterator();
            while (each.hasNext()) {
                if (Scim.text(each.next(), "value").equals(id)) {
                    each.remove();
                }
            }
        }
        update(table, group, ResourceRules.content(ResourceKind.GROUP, content));
    }

    Page find(ResourceKind kind, ResourceQuery query) throws SQLException, ScimException {
        return transactions.read(table -> {
            if (query.filter() == null) {
                int total = table.count(kind);
                return new Page(total, table.page(kind, query.startIndex() - 1, query.count()));
            }
            List<StoredResource> matches = new ArrayList<>();
            for (StoredResource candidate : table.find(kind, query.lookup(kind))) {
                if (query.matches(candidate.document(""))) {
                    matches.add(candidate);
                }
            }
            List<StoredResource> page = matches.stream()
                    .skip(query.startIndex() - 1L)
                    .limit(query.count())
                    .toList();
            return new Page(matches.size(), page);
        });
    }

    private static StoredResource existing(ResourceTable table, ResourceKind kind, String id)
            throws SQLException, ScimException {
        return table.find(kind, id)
                .orElseThrow(() -> new ResourceNotFoundException("there is no " + kind.label() + " with the id " + id));
    }

    private static StoredResource expecting(StoredResource resource, Optional<String> tag)
            throws PreconditionFailedException {
        if (tag.isPresent() && !tag.get().equals("*") && !tag.get().equals(resource.etag())) {
            throw new PreconditionFailedException(
                    "the resource has the version " + resource.etag() + ", not " + tag.get());
        }
        return resource;
    }

    private static void requireFree(ResourceTable table, StoredResource resource) throws SQLException, ScimException {
        Optional<StoredResource> other = table.find(resource.ref());
        if (other.isPresent() && !other.get().id().equals(resource.id())) {
            String attribute = resource.kind().nameAttribute();
            throw ResourceConflictException.uniqueness(attribute + " '"
                    + Scim.text(resource.content(), attribute) + "' is " + resource.ref()
                    + " in the catalog, which is the "
                    + resource.kind().label() + " with the id " + other.get().id() + " already");
        }
    }

    private EntityRef refOf(ResourceKind kind, ObjectNode content) throws ScimException {
        return references.refOf(kind, Scim.text(content, kind.nameAttribute()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
