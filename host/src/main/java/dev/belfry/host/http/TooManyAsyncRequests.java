package dev.belfry.host.http;

import dev.belfry.api.web.ApiError;

/**
 * An asynchronous request was refused because the limit is reached. An Error, since Javalin starts asynchronous work
 * where it handles no exception.
 */
final class TooManyAsyncRequests extends Error {

    private static final long serialVersionUID = 1L;

    private final transient RequestContext requestContext;
    private final transient ApiError answer;

    TooManyAsyncRequests(RequestContext requestContext, ApiError answer) {
        super(answer);
        this.requestContext = requestContext;
        this.answer = answer;
    }

    RequestContext requestContext() {
        return requestContext;
    }

    ApiError answer() {
        return answer;
    }
}
