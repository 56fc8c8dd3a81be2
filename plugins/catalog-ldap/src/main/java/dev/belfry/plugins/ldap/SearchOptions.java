package dev.belfry.plugins.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;
import org.jspecify.annotations.Nullable;

/**
 * {@code options} of a search.
 *
 * @param filter default {@code (objectClass=*)}
 * @param scope default {@code one}
 * @param pageSize entries in one response; default 500
 * @param paged accepted, as in Backstage; every search is paged
 * @param attributes accepted, as in Backstage; the attributes of {@code map} are read
 * @param sizeLimit accepted, as in Backstage; all entries are read
 * @param timeLimit accepted, as in Backstage; {@code schedule.timeout} limits a read
 * @param derefAliases accepted, as in Backstage; aliases are not followed
 * @param typesOnly accepted, as in Backstage; values are always read
 */
public record SearchOptions(
        @Nullable String filter,
        @Nullable Scope scope,
        @Nullable Integer pageSize,
        @Nullable Object paged,
        @Nullable Object attributes,
        @Nullable Integer sizeLimit,
        @Nullable Integer timeLimit,
        @Nullable Integer derefAliases,
        @Nullable Boolean typesOnly) {

    static final SearchOptions DEFAULT = new SearchOptions(null, null, null);

    private static final int DEFAULT_PAGE_SIZE = 500;
    private static final int MAX_PAGE_SIZE = 10_000;

    /** The entry itself, the entries directly below it, or all entries below it. */
    public enum Scope {
        BASE,
        ONE,
        SUB
    }

    SearchOptions(@Nullable String filter, @Nullable Scope scope, @Nullable Integer pageSize) {
        this(filter, scope, pageSize, null, null, null, null, null, null);
    }

    public SearchOptions {
        filterOf(filter);
        if (pageSize != null && (pageSize < 1 || pageSize > MAX_PAGE_SIZE)) {
            throw new IllegalArgumentException("pageSize must be 1 to " + MAX_PAGE_SIZE + ", not " + pageSize);
        }
    }

    private static Filter filterOf(@Nullable String text) {
        if (text == null) {
            return Filter.createPresenceFilter("objectClass");
        }
        try {
            // YAML's folded strings end with a line feed.
            return Filter.create(text.strip());
        } catch (LDAPException e) {
            throw new IllegalArgumentException(
                    "filter '" + text.strip() + "' is not a search filter of LDAP such as (objectClass=person)"
                            + (isBalanced(text) ? "" : ": its parentheses are not balanced"),
                    e);
        }
    }

    private static boolean isBalanced(String text) {
        return text.chars().filter(letter -> letter == '(').count()
                == text.chars().filter(letter -> letter == ')').count();
    }

    Filter ldapFilter() {
        return filterOf(filter);
    }

    SearchScope ldapScope() {
        return switch (scope) {
            case BASE -> SearchScope.BASE;
            case SUB -> SearchScope.SUB;
            case ONE -> SearchScope.ONE;
            case null -> SearchScope.ONE;
        };
    }

    int pageSizeOrDefault() {
        return pageSize == null ? DEFAULT_PAGE_SIZE : pageSize;
    }
}
