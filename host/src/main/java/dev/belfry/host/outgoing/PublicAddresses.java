package dev.belfry.host.outgoing;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** Tells addresses of the public internet from addresses of this host, its networks and its cloud. */
final class PublicAddresses {

    /** Of IPv4 (IANA special-purpose address registry), as prefix and its length in bits. */
    private static final List<int[]> SPECIAL = List.of(
            new int[] {ipv4(0, 0), 8},
            new int[] {ipv4(10, 0), 8},
            new int[] {ipv4(100, 64), 10},
            new int[] {ipv4(127, 0), 8},
            new int[] {ipv4(169, 254), 16},
            new int[] {ipv4(172, 16), 12},
            new int[] {ipv4(192, 0), 24},
            new int[] {ipv4(192, 168), 16},
            new int[] {ipv4(198, 18), 15},
            // Multicast, reserved, and broadcast.
            new int[] {ipv4(224, 0), 3});

    private PublicAddresses() {}

    private static int ipv4(int first, int second) {
        return first << 24 | second << 16;
    }

    /** An IPv4 address in IPv6 form (::ffff:a.b.c.d) is an {@link Inet4Address} in Java. */
    static boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublicIpv4(bytes) : isPublicIpv6(bytes);
    }

    private static boolean isPublicIpv4(byte[] bytes) {
        int value = (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        return SPECIAL.stream().noneMatch(range -> (value ^ range[0]) >>> (Integer.SIZE - range[1]) == 0);
    }

    /**
     * Global unicast addresses are 2000::/3. Of them, 2001::/23 has Teredo and other protocols, and 2002::/16 (6to4) contains an IPv4
     * address, which may be one of an internal network.
     */
    private static boolean isPublicIpv6(byte[] bytes) {
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        boolean isGlobalUnicast = first >>> 13 == 1;
        boolean isSpecial = (first == 0x2001 && second < 0x200) || first == 0x2002;
        return isGlobalUnicast && !isSpecial;
    }
}
