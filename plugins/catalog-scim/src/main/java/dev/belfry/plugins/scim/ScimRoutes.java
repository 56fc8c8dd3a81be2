package dev.belfry.plugins.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ForbiddenException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.belfry.api.access.Caller;
import dev.belfry.api.access.Permission;
import dev.belfry.api.web.RouteHandler;
import dev.belfry.api.web.Routes;
import io.javalin.http.Context;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoints. Only services with the permission {@code catalog-scim.provision} may use them. */
final class ScimRoutes {

    static final Permission PROVISION = new Permission("catalog-scim.provision", Permission.Action.UPDATE);

    private static final String ROOT = "/v2";
    private static final String BY_ID = "/{id}";
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;

    private final Resources resources;
    private final Clock clock;
    private final Discovery discovery = new Discovery();
    private volatile @Nullable Instant lastRequest;

    ScimRoutes(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    /** On this host, by services that may use the endpoints; NaN before the first one. */
    double secondsSinceLastRequest() {
        Instant last = lastRequest;
        return last == null
                ? Double.NaN
                : Duration.between(last, clock.instant()).toSeconds();
    }

    /** Handles a request; its exceptions become error responses of SCIM. */
    @FunctionalInterface
    private interface ScimHandler {
        void handle(Context request) throws ScimException, SQLException;
    }

    /** The features that a client can ask for, by name. */
    @FunctionalInterface
    private interface Parameters {
        @Nullable
        String of(String name);
    }

    void declare(Routes routes) {
        for (ResourceKind kind : ResourceKind.values()) {
            declare(routes, kind);
        }
        routes.get(ROOT + "/ServiceProviderConfig", PROVISION, scim(request -> send(request, OK, discovery.config())));
        declare(routes, "/ResourceTypes", discovery.types());
        declare(routes, "/Schemas", discovery.schemas());
    }

    private void declare(Routes routes, ResourceKind kind) {
        String all = ROOT + "/" + kind.folder();
        String one = all + BY_ID;
        routes.post(all, PROVISION, scim(request -> {
            StoredResource created = resources.create(kind, Scim.object(request.bodyAsBytes()));
            ObjectNode document = created.document(base(request));
            request.header("Location", document.get("meta").get("location").textValue());
            send(request, CREATED, created);
        }));
        routes.get(all, PROVISION, scim(request -> list(request, kind, request::queryParam)));
        routes.post(all + "/.search", PROVISION, scim(request -> {
            ObjectNode search = Scim.object(request.bodyAsBytes());
            list(request, kind, name -> Scim.parameter(search, name));
        }));
        routes.get(one, PROVISION, scim(request -> send(request, OK, resources.get(kind, id(request)))));
        routes.put(
                one,
                PROVISION,
                scim(request -> send(
                        request,
                        OK,
                        resources.replace(kind, id(request), ifMatch(request), Scim.object(request.bodyAsBytes())))));
        routes.patch(one, PROVISION, scim(request -> {
            Patch patch = Patch.of(Scim.object(request.bodyAsBytes()));
            send(request, OK, resources.patch(kind, id(request), ifMatch(request), patch));
        }));
        routes.delete(one, PROVISION, scim(request -> {
            resources.delete(kind, id(request), ifMatch(request));
            request.status(NO_CONTENT);
        }));
    }

    private void declare(Routes routes, String folder, List<ObjectNode> documents) {
        routes.get(
                ROOT + folder, PROVISION, scim(request -> send(request, OK, listOf(documents.size(), 1, documents))));
        routes.get(
                ROOT + folder + BY_ID,
                PROVISION,
                scim(request -> send(request, OK, Discovery.withId(documents, id(request)))));
    }

    private RouteHandler scim(ScimHandler handler) {
        return (request, caller) -> {
            try {
                if (!(caller instanceof Caller.Service)) {
                    throw new ForbiddenException("only services may change users and groups, not " + caller.subject());
                }
                lastRequest = clock.instant();
                handler.handle(request);
            } catch (ScimException e) {
                Integer status = e.getScimError().getStatus();
                request.status(status).contentType(Scim.MEDIA_TYPE).result(Scim.text(e.getScimError()));
            }
        };
    }

    /** @param parameters of the query, or of the body of a search (section 3.4.3) */
    private static AttributeSelection selection(Parameters parameters) {
        return AttributeSelection.of(parameters.of("attributes"), parameters.of("excludedAttributes"));
    }

    private void list(Context request, ResourceKind kind, Parameters parameters) throws ScimException, SQLException {
        ResourceQuery query =
                ResourceQuery.of(parameters.of("filter"), parameters.of("startIndex"), parameters.of("count"));
        AttributeSelection selection = selection(parameters);
        String base = base(request);
        Resources.Page page = resources.find(kind, query);
        List<ObjectNode> documents = page.resources().stream()
                .map(resource -> selection.applyTo(resource.document(base)))
                .toList();
        send(request, OK, listOf(page.total(), query.startIndex(), documents));
    }

    private static ObjectNode listOf(int total, int startIndex, List<ObjectNode> documents) {
        ObjectNode list = JsonUtils.getJsonNodeFactory().objectNode();
        list.putArray("schemas").add(LIST);
        list.put("totalResults", total);
        list.put("startIndex", startIndex);
        list.put("itemsPerPage", documents.size());
        list.putArray("Resources").addAll(documents);
        return list;
    }

    private static void send(Context request, int status, StoredResource resource) {
        request.header("ETag", resource.etag());
        send(request, status, selection(request::queryParam).applyTo(resource.document(base(request))));
    }

    private static void send(Context request, int status, ObjectNode document) {
        request.status(status).contentType(Scim.MEDIA_TYPE).result(Scim.text(document));
    }

    /** The address that the client has used, up to {@code /v2}. */
    private static String base(Context request) {
        String url = request.req().getRequestURL().toString();
        return url.substring(0, url.lastIndexOf(ROOT + "/") + ROOT.length());
    }

    private static String id(Context request) throws ScimException {
        String id = request.pathParam("id");
        StoredText.require("the id in the path", id);
        return id;
    }

    private static Optional<String> ifMatch(Context request) {
        return Optional.ofNullable(request.header("If-Match"));
    }
}
