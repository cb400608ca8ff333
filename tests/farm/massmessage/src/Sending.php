<?php

namespace FarmMassMessage;

use ManualLogEntry;
use MediaWiki\MediaWikiServices;
use User;

/**
 * Logs that a message is sent, and queues a job for each target.
 *
 * The original does it in MassMessage::submit() (MassMessage REL1_43, includes/MassMessage.php): the log comes
 * first, and it comes for an empty list as well.
 */
class Sending {

	/** @return int how many targets there are */
	public static function send( Message $message, User $sender ): int {
		$targets = Targets::of( $message->list );
		self::log( $message, $sender );
		$config = MediaWikiServices::getInstance()->getMainConfig();
		$queue = new Queue( $config->get( 'FarmMassMessageRun' ) );
		$job = [
			'subject' => $message->subject,
			'text' => $message->text,
			'along' => $message->page ? PageMessage::of( $message->page, $config->get( 'DBname' ) ) : null,
			'comment' => $message->comment,
		];
		foreach ( $targets as $target ) {
			$queue->add( $target['wiki'], [ 'page' => $target['page'] ] + $job );
		}
		return count( $targets );
	}

	private static function log( Message $message, User $sender ): void {
		$entry = new ManualLogEntry( 'massmessage', 'send' );
		$entry->setPerformer( $sender );
		$entry->setTarget( $message->list );
		$entry->setComment( $message->subject );
		$entry->setParameters( [
			'4::revid' => $message->list->getLatestRevID(),
			'5::pageMessage' => $message->page ? $message->page->getPrefixedText() : '',
		] );
		$entry->publish( $entry->insert() );
	}
}
