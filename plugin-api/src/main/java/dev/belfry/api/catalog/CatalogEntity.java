package dev.belfry.api.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user or a group that a plugin publishes through {@link CatalogSource}. Immutable: each {@code with} method returns a copy. An invalid
 * one cannot be created; the message of the exception names the entity and the rule.
 *
 * @since 0.2
 */
public final class CatalogEntity {

    private static final int MAX_TEXT = 255;
    private static final Pattern ANNOTATION = Pattern.compile("[A-Za-z0-9./_-]{1," + MAX_TEXT + "}");

    private final EntityRef ref;
    private final @Nullable String displayName;
    private final @Nullable String email;
    private final Set<EntityRef> memberOf;
    private final Map<String, String> annotations;

    private CatalogEntity(
            EntityRef ref,
            @Nullable String displayName,
            @Nullable String email,
            Set<EntityRef> memberOf,
            Map<String, String> annotations) {
        this.ref = ref;
        this.displayName = displayName;
        this.email = email;
        this.memberOf = memberOf;
        this.annotations = annotations;
    }

    /**
     * A user or a group without further properties.
     *
     * @throws IllegalArgumentException if {@code ref} is neither a user nor a group
     */
    public static CatalogEntity of(EntityRef ref) {
        if (!ref.kind().equals(EntityRef.USER) && !ref.kind().equals(EntityRef.GROUP)) {
            throw new IllegalArgumentException(ref + ": the kind must be user or group, not " + ref.kind());
        }
        return new CatalogEntity(ref, null, null, Set.of(), Map.of());
    }

    /**
     * The name for people.
     *
     * @throws IllegalArgumentException if it is blank, has more than 255 characters or a control character
     */
    public CatalogEntity withDisplayName(String displayName) {
        return new CatalogEntity(ref, checked("displayName", displayName), email, memberOf, annotations);
    }

    /**
     * The e-mail address.
     *
     * @throws IllegalArgumentException if it is blank, has more than 255 characters or a control character
     */
    public CatalogEntity withEmail(String email) {
        return new CatalogEntity(ref, displayName, checked("email", email), memberOf, annotations);
    }

    /**
     * The groups of which a user is a direct member, or the parents of a group. Replaces earlier ones.
     *
     * @param groups need not exist in the catalog; copied
     * @throws IllegalArgumentException if one of them is not a group, or is this entity
     */
    public CatalogEntity withMemberOf(Collection<EntityRef> groups) {
        for (EntityRef group : groups) {
            if (!group.kind().equals(EntityRef.GROUP)) {
                throw new IllegalArgumentException(ref + ": memberOf must name groups, not " + group);
            }
            if (group.equals(ref)) {
                throw new IllegalArgumentException(ref + ": memberOf must not name the group itself");
            }
        }
        return new CatalogEntity(ref, displayName, email, Set.copyOf(new LinkedHashSet<>(groups)), annotations);
    }

    /**
     * A property that the catalog itself does not know, as in Backstage's {@code metadata.annotations}. The host uses
     * {@code keycloak.org/id} when a user signs in.
     *
     * @param name 1 to 255 letters, digits, {@code .}, {@code /}, {@code _} and {@code -}
     * @param value replaces an earlier one
     * @throws IllegalArgumentException if the name has another form, or if the value is blank, has more than 255 characters or a
     *     control character
     */
    public CatalogEntity withAnnotation(String name, String value) {
        if (!ANNOTATION.matcher(name).matches()) {
            throw new IllegalArgumentException(ref + ": the annotation '" + name + "' must have 1 to " + MAX_TEXT
                    + " letters, digits, '.', '/', '_' and '-'");
        }
        Map<String, String> more = new TreeMap<>(annotations);
        more.put(name, checked(name, value));
        return new CatalogEntity(ref, displayName, email, memberOf, Collections.unmodifiableMap(more));
    }

    private String checked(String property, String text) {
        if (text.isBlank()
                || text.length() > MAX_TEXT
                || text.chars().anyMatch(letter -> Character.getType(letter) == Character.CONTROL)) {
            throw new IllegalArgumentException(ref + ": " + property + " must have 1 to " + MAX_TEXT
                    + " characters, not only spaces, and no control characters");
        }
        return text;
    }

    public EntityRef ref() {
        return ref;
    }

    public Optional<String> displayName() {
        return Optional.ofNullable(displayName);
    }

    public Optional<String> email() {
        return Optional.ofNullable(email);
    }

    /** See {@link #withMemberOf}; unmodifiable. */
    public Set<EntityRef> memberOf() {
        return memberOf;
    }

    /** See {@link #withAnnotation}; unmodifiable. */
    public Map<String, String> annotations() {
        return annotations;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CatalogEntity entity
                && ref.equals(entity.ref)
                && Objects.equals(displayName, entity.displayName)
                && Objects.equals(email, entity.email)
                && memberOf.equals(entity.memberOf)
                && annotations.equals(entity.annotations);
    }

    @Override
    public int hashCode() {
        return ref.hashCode();
    }

    /** The reference. */
    @Override
    public String toString() {
        return ref.toString();
    }
}
