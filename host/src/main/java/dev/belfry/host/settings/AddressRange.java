package dev.belfry.host.settings;

import java.net.InetAddress;

/**
 * A range of IP addresses in CIDR notation.
 *
 * @param bits length of the prefix
 */
public record AddressRange(InetAddress address, int bits) {

    public AddressRange {
        int length = address.getAddress().length * Byte.SIZE;
        if (bits < 0 || bits > length) {
            throw new IllegalArgumentException("the prefix length must be 0 to " + length + ", not " + bits);
        }
    }

    /**
     * Parses an address, or {@code address/bits}.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            InetAddress single = InetAddress.ofLiteral(text);
            return new AddressRange(single, single.getAddress().length * Byte.SIZE);
        }
        return new AddressRange(
                InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** False for an address of the other IP version; an IPv4 address in IPv6 form counts as IPv4. */
    boolean contains(InetAddress other) {
        byte[] own = address.getAddress();
        byte[] given = other.getAddress();
        if (own.length != given.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((own[bit / Byte.SIZE] ^ given[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
