package dev.belfry.benchmarks.cases;

import dev.belfry.benchmarks.data.DataSet;
import dev.belfry.benchmarks.load.Request;
import dev.belfry.benchmarks.server.BelfryServer;
import dev.belfry.benchmarks.server.PeerServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The requests of each case. */
public final class Cases {

    private static final String UNREAD = "?read=false";
    private static final String COUNT_UNREAD = "/count?read=false";

    private static final int READERS_IN_TURN = 16;

    private Cases() {}

    public static List<Case> of(Subject subject, BelfryServer server, DataSet data)
            throws IOException, InterruptedException {
        List<String> ordinary = bearer(server, DataSet.ORDINARY);
        List<String> heavy = bearer(server, DataSet.HEAVY);
        List<String> joiner = bearer(server, DataSet.JOINER);
        List<String> flat = bearer(server, DataSet.FLAT);
        URI api = server.notifications();
        List<Case> cases = new ArrayList<>();
        cases.add(new Case(subject, CaseName.CONSTANT, Request.get(at(server.baseline(), "/constant"), ordinary)));
        cases.add(new Case(subject, CaseName.SELECT, Request.get(at(server.baseline(), "/rows/4711"), ordinary)));
        cases.addAll(both(subject, CaseName.PAGE, CaseName.PAGE_ANEW, api, ordinary));
        cases.addAll(both(subject, CaseName.PAGE_HEAVY, CaseName.PAGE_HEAVY_ANEW, api, heavy));
        cases.addAll(both(subject, CaseName.PAGE_JOINER, CaseName.PAGE_JOINER_ANEW, api, joiner));
        cases.add(new Case(subject, CaseName.PAGE_FLAT, Request.getAnew(api, flat)));
        URI unread = at(api, UNREAD);
        cases.addAll(both(subject, CaseName.UNREAD, CaseName.UNREAD_ANEW, unread, ordinary));
        cases.addAll(both(subject, CaseName.UNREAD_HEAVY, CaseName.UNREAD_HEAVY_ANEW, unread, heavy));
        cases.addAll(both(subject, CaseName.UNREAD_JOINER, CaseName.UNREAD_JOINER_ANEW, unread, joiner));
        URI count = at(api, COUNT_UNREAD);
        cases.add(new Case(subject, CaseName.COUNT, Request.get(count, ordinary)));
        cases.add(new Case(subject, CaseName.COUNT_HEAVY, Request.get(count, heavy)));
        cases.add(new Case(subject, CaseName.COUNT_JOINER, Request.get(count, joiner)));
        cases.add(new Case(subject, CaseName.COUNT_IN_TURN, Request.getInTurn(count, authorizations(server))));
        cases.add(new Case(subject, CaseName.COUNT_FLAT, Request.get(count, flat)));
        URI rare = at(api, text(data.rare()));
        cases.addAll(both(subject, CaseName.SEARCH_RARE, CaseName.SEARCH_RARE_ANEW, rare, ordinary));
        cases.add(new Case(
                subject, CaseName.SEARCH_SHORT_ANEW, Request.getAnew(at(api, text(DataSet.SHORT)), ordinary)));
        URI seldom = at(api, text(DataSet.SELDOM));
        cases.addAll(both(subject, CaseName.SEARCH_SELDOM, CaseName.SEARCH_SELDOM_ANEW, seldom, ordinary));
        URI frequent = at(api, text(DataSet.FREQUENT));
        cases.addAll(both(subject, CaseName.SEARCH_FREQUENT, CaseName.SEARCH_FREQUENT_ANEW, frequent, ordinary));
        cases.add(new Case(subject, CaseName.INSERT, Request.post(at(server.baseline(), "/rows"), ordinary)));
        cases.add(new Case(subject, CaseName.CREATE, Request.createForUsers(api, ordinary)));
        cases.add(new Case(subject, CaseName.CREATE_GROUP, Request.createForGroup(api, ordinary)));
        cases.add(new Case(subject, CaseName.CREATE_EVERYONE, Request.createForEveryone(api, ordinary)));
        return cases;
    }

    public static List<Case> of(PeerServer server, DataSet data) {
        List<String> ordinary = List.of("x-user: " + DataSet.ORDINARY);
        URI api = server.notifications();
        Subject peer = Subject.PEER;
        return List.of(
                new Case(peer, CaseName.PAGE, Request.get(api, ordinary)),
                new Case(peer, CaseName.UNREAD, Request.get(at(api, UNREAD), ordinary)),
                new Case(peer, CaseName.COUNT, Request.get(at(api, COUNT_UNREAD), ordinary)),
                new Case(peer, CaseName.SEARCH_RARE, Request.get(at(api, text(data.rare())), ordinary)),
                new Case(peer, CaseName.SEARCH_SELDOM, Request.get(at(api, text(DataSet.SELDOM)), ordinary)),
                new Case(peer, CaseName.SEARCH_FREQUENT, Request.get(at(api, text(DataSet.FREQUENT)), ordinary)),
                new Case(peer, CaseName.CREATE, Request.createForUsers(api, ordinary)));
    }

    private static List<Case> both(Subject subject, CaseName again, CaseName anew, URI address, List<String> reader) {
        return List.of(
                new Case(subject, again, Request.get(address, reader)),
                new Case(subject, anew, Request.getAnew(address, reader)));
    }

    private static List<String> bearer(BelfryServer server, String user) {
        return List.of("Authorization: " + authorization(server, user));
    }

    private static String authorization(BelfryServer server, String user) {
        return "Bearer " + server.token(user);
    }

    /** Those of some ordinary readers. */
    private static List<String> authorizations(BelfryServer server) {
        List<String> authorizations = new ArrayList<>();
        for (int i = 1; i <= READERS_IN_TURN; i++) {
            authorizations.add(authorization(server, "default/u" + i));
        }
        return authorizations;
    }

    private static URI at(URI base, String rest) {
        return URI.create(base + rest);
    }

    private static String text(String text) {
        return "?containsText=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
