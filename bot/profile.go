package bot

import "context"

type Profile struct{ x int }
func (p Profile) empty() bool { return true }
func (b *Bot) Publish(ctx context.Context, p Profile) error { return nil }
