package search

import "testing"

func TestSkeleton(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		same bool
	}{
		{"罗静", "罗静", true}, {"罗静", "罗 静", true}, {"罗静", "罗·静", true}, {"罗静", "羅靜", true}, {"罗静", "罗\u0301静", true},
		{"罗静", "罗\u200b静", true}, {"Luo", "Ｌｕｏ", true}, {"Luo", "Luо", true}, {"Anna", "Аnnа", true}, {"Anna", "ANNA", true}, {"Ann", "Ánn", true},
		{"金", "\uf90a", true}, {"長", "\u2fa7", true}, {"罗静", "罗婧", false}, {"罗静", "静罗", false}, {"Luo", "Lou", false}, {"未央", "末央", true},
	} {
		if got := Skeleton(tc.a) == Skeleton(tc.b); got != tc.same {
			t.Errorf("%q and %q: %v, %q %q", tc.a, tc.b, got, Skeleton(tc.a), Skeleton(tc.b))
		}
	}
}
