#include "base/digest.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "base/secret.h"

namespace duban {
namespace {

TEST(Digest, sha256_of_fips_180_4) {
  EXPECT_EQ(named_digest(sha256("")),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(named_digest(sha256("abc")),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, hmac_sha256_of_rfc_4231) {
  EXPECT_EQ(named_digest(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "sha256:b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(named_digest(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "sha256:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(named_digest(hmac_sha256(std::string(131, '\xaa'),
                                     "Test Using Larger Than Block-Size Key - Hash Key First")),
            "sha256:60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Base64, of_rfc_4648) {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""},         {"f", "Zg=="},         {"fo", "Zm8="},        {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    EXPECT_EQ(encode_base64(plain), encoded);
    EXPECT_EQ(decode_base64(encoded), plain);
  }
}

TEST(Base64, that_is_malformed_is_refused) {
  for (const auto* text : {"Zg", "Zg=", "Z===", "Zg==\n", " Zg==", "Zh==", "Z*==", "Zm9v="}) {
    EXPECT_FALSE(decode_base64(text)) << text;
  }
}

TEST(Ulid, has_26_letters_and_begins_with_its_time) {
  // The ULID specification's example: 1469918176385 ms is 01ARYZ6S41; ours has whole seconds.
  auto id = make_ulid(Instant{Seconds{1'469'918'176}}, Digest{});
  EXPECT_EQ(id, "01ARYZ6RR0" + std::string(16, '0'));
}

TEST(Ulid, of_a_later_time_sorts_behind) {
  Digest high;
  high.fill(0xFF);
  auto early = make_ulid(Instant{Seconds{1'648'429'190}}, high);
  auto late = make_ulid(Instant{Seconds{1'648'429'191}}, Digest{});
  EXPECT_LT(early, late);
  EXPECT_EQ(early.substr(10), std::string(16, 'Z'));
}

TEST(Ulid, carries_the_first_80_bits_of_what_it_is_given) {
  Digest one = sha256("a"), other = one;
  other[9] ^= 1U;
  EXPECT_NE(make_ulid(Instant{}, one), make_ulid(Instant{}, other));
  other = one;
  other[10] ^= 1U;
  EXPECT_EQ(make_ulid(Instant{}, one), make_ulid(Instant{}, other));
}

TEST(Randomness, has_the_size_asked_for_and_differs) {
  EXPECT_EQ(random_bytes(32).size(), 32U);
  EXPECT_NE(random_bytes(32), random_bytes(32));
}

TEST(Secret, cannot_be_printed) {
  EXPECT_FALSE((std::is_convertible_v<Secret, std::string>));
  EXPECT_FALSE((std::is_convertible_v<std::string, Secret>));
  EXPECT_EQ(Secret{"x"}.reveal(), "x");
}

}  // namespace
}  // namespace duban
