package dev.belfry.benchmarks.cases;

/**
 * What is measured. <em>Anew</em> are requests of which each asks for something else, so that no answer is given that was
 * given before.
 */
public enum CaseName {
    CONSTANT("R0: a constant"),
    SELECT("R1: select by key"),
    INSERT("W1: insert a row"),
    PAGE("page of 20, u7"),
    PAGE_ANEW("page of 20, u7, anew"),
    PAGE_HEAVY("page of 20, nearly all of many read"),
    PAGE_HEAVY_ANEW("page of 20, nearly all of many read, anew"),
    PAGE_JOINER("page of 20, in 30 groups"),
    PAGE_JOINER_ANEW("page of 20, in 30 groups, anew"),
    PAGE_FLAT("page of 20, inbox of 1,500, anew"),
    UNREAD("unread page, u7"),
    UNREAD_ANEW("unread page, u7, anew"),
    UNREAD_HEAVY("unread page, nearly all of many read"),
    UNREAD_HEAVY_ANEW("unread page, nearly all of many read, anew"),
    UNREAD_JOINER("unread page, in 30 groups"),
    UNREAD_JOINER_ANEW("unread page, in 30 groups, anew"),
    COUNT("unread count, u7"),
    COUNT_HEAVY("unread count, nearly all of many read"),
    COUNT_JOINER("unread count, in 30 groups"),
    COUNT_IN_TURN("unread count, 16 readers in turn"),
    COUNT_FLAT("unread count, inbox of 1,500"),
    SEARCH_RARE("search, a rare text"),
    SEARCH_RARE_ANEW("search, a rare text, anew"),
    SEARCH_SHORT_ANEW("search, two characters in a single one, anew"),
    SEARCH_SELDOM("search, a word in 1% of all"),
    SEARCH_SELDOM_ANEW("search, a word in 1% of all, anew"),
    SEARCH_FREQUENT("search, a word in all"),
    SEARCH_FREQUENT_ANEW("search, a word in all, anew"),
    CREATE("create, to one user"),
    CREATE_GROUP("create, to a group of 100,000"),
    CREATE_EVERYONE("create, to everyone");

    private final String title;

    CaseName(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Whether it adds to the data: such cases come last in a round. */
    public boolean writes() {
        return compareTo(CREATE) >= 0 || this == INSERT;
    }
}
