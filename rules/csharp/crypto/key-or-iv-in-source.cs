using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

class Keys
{
    private const string Secret = "0123456789abcdef";
    private static readonly byte[] Vector = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 };

    void Constants(Aes aes)
    {
        // ruleid: key-or-iv-in-source
        aes.Key = Encoding.UTF8.GetBytes("0123456789abcdef");
        // ruleid: key-or-iv-in-source
        aes.Key = Encoding.ASCII.GetBytes(Secret);
        // ruleid: key-or-iv-in-source
        aes.IV = Vector;
        // ruleid: key-or-iv-in-source
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(Secret));
        // ruleid: key-or-iv-in-source
        var token = new SymmetricSecurityKey(Convert.FromBase64String("c2VjcmV0"));
        byte[] key = new byte[4] { 1, 2, 3, 4 };
        // ruleid: key-or-iv-in-source
        var encryptor = aes.CreateEncryptor(key, aes.IV);
    }

    void Elsewhere(Aes aes, byte[] key, IConfiguration configuration, KeyVault vault)
    {
        // ok: key-or-iv-in-source
        aes.Key = key;
        // ok: key-or-iv-in-source
        aes.GenerateIV();
        // ok: key-or-iv-in-source
        aes.Key = Convert.FromBase64String(configuration["Records:Key"]);
        // ok: key-or-iv-in-source
        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("KEY")));
        // ok: key-or-iv-in-source
        var token = new SymmetricSecurityKey(vault.GetSecret("token"));
        // ok: key-or-iv-in-source
        aes.IV = new byte[16];
        // ok: key-or-iv-in-source
        dictionary.Name = "0123456789abcdef";
    }
}
