#include "io/network_address.h"

#include <gtest/gtest.h>

namespace duban::io {
namespace {

TEST(NetworkAddress, tells_inside_from_outside) {
  for (const auto* inside :
       {"127.0.0.1", "127.255.0.3", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255",
        "192.168.0.1", "169.254.169.254", "100.64.0.1", "198.19.0.1", "224.0.0.1", "255.255.255.255",
        "::", "::1", "[::1]", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:192.168.1.1", "64:ff9b::10.0.0.1", "2002:7f00:0001::1", "2001:db8::1",
        "2001:0:4136:e378::1", "::127.0.0.1"}) {
    EXPECT_TRUE(is_private_address(std::string{inside})) << inside;
  }
  for (const auto* outside :
       {"1.1.1.1", "9.255.255.255", "11.0.0.0", "126.255.255.255", "128.0.0.1", "172.15.255.255",
        "172.32.0.0", "192.167.255.255", "192.169.0.0", "100.63.255.255", "100.128.0.0",
        "223.255.255.255", "2400:3200::1", "2606:4700::1111", "64:ff9b::1.1.1.1",
        "::ffff:8.8.8.8"}) {
    EXPECT_FALSE(is_private_address(std::string{outside})) << outside;
  }
  EXPECT_FALSE(is_private_address(std::string{"example.org"}));
}

TEST(NetworkAddress, knows_the_same_machine) {
  for (const auto* here : {"localhost", "127.0.0.1", "127.3.2.1", "::1", "[::1]"}) {
    EXPECT_TRUE(is_loopback_host(here)) << here;
  }
  for (const auto* there : {"localhost.example.org", "10.0.0.1", "127.example.org", "::2", ""}) {
    EXPECT_FALSE(is_loopback_host(there)) << there;
  }
}

}  // namespace
}  // namespace duban::io
