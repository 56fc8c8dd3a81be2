package dev.belfry.plugins.ldap;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import dev.belfry.plugins.directory.ReadDeadline;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Searches on one connection. */
final class LdapSearch {

    private static final String RANGE = "range=";
    private static final String END = "*";

    private final LDAPConnection connection;
    private final ReadDeadline deadline;

    LdapSearch(LDAPConnection connection, ReadDeadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /** All entries, page by page (RFC 2696). A directory that ends a search early, for example at its size limit, is an error. */
    List<SearchResultEntry> entries(String dn, SearchOptions options, String... attributes)
            throws LDAPException, InterruptedIOException, InterruptedException {
        List<SearchResultEntry> entries = new ArrayList<>();
        SearchRequest request = new SearchRequest(dn, options.ldapScope(), options.ldapFilter(), attributes);
        @Nullable ASN1OctetString cookie = null;
        do {
            deadline.check();
            request.setControls(new SimplePagedResultsControl(options.pageSizeOrDefault(), cookie));
            SearchResult result = connection.search(request);
            entries.addAll(result.getSearchEntries());
            SimplePagedResultsControl page = SimplePagedResultsControl.get(result);
            cookie = page != null && page.moreResultsToReturn() ? page.getCookie() : null;
        } while (cookie != null);
        return entries;
    }

    /** All values of an attribute, also where Active Directory returns them in ranges ({@code member;range=0-1499}). */
    List<String> values(Entry entry, String attribute)
            throws LDAPException, InterruptedIOException, InterruptedException {
        if (attribute.isEmpty()) {
            return List.of();
        }
        String[] whole = entry.getAttributeValues(attribute);
        if (whole != null && whole.length > 0) {
            return List.of(whole);
        }
        List<String> values = new ArrayList<>();
        Optional<Attribute> range = rangeOf(entry, attribute);
        while (range.isPresent()) {
            values.addAll(List.of(range.get().getValues()));
            String last = lastOf(range.get());
            if (last.equals(END)) {
                return values;
            }
            deadline.check();
            String next = attribute + ";" + RANGE + (Long.parseLong(last) + 1) + "-" + END;
            @Nullable Entry more = connection.getEntry(entry.getDN(), next);
            range = more == null ? Optional.empty() : rangeOf(more, attribute);
        }
        return values;
    }

    private static Optional<Attribute> rangeOf(Entry entry, String attribute) {
        return entry.getAttributes().stream()
                .filter(candidate -> candidate.getBaseName().equalsIgnoreCase(attribute))
                .filter(candidate -> candidate.getOptions().stream().anyMatch(LdapSearch::isRange))
                .findFirst();
    }

    private static boolean isRange(String option) {
        return option.toLowerCase(Locale.ROOT).startsWith(RANGE);
    }

    /** Of {@code range=0-1499}: 1499. */
    private static String lastOf(Attribute range) {
        String option = range.getOptions().stream()
                .filter(LdapSearch::isRange)
                .findFirst()
                .orElseThrow();
        return option.substring(option.indexOf('-') + 1);
    }
}
